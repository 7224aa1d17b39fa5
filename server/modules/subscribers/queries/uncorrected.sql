-- The extract as it was delivered, under another name.
alter view work.converted rename to uncorrected
