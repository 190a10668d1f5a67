"""Requirements: which rules hold on which day, what here meets them, who was asked before they change, what is measured."""
