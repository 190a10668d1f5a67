"""Quality beside the measures of the service: are they linked, do they part company, and what might that mean."""
