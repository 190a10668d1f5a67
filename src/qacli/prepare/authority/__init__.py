"""Authority: who may decide what up to which limit, who has read it, and whether decisions kept to it."""
