"""The pages of the family, one file for each subject."""
