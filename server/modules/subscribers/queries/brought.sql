-- The extract as it was brought, under another name.
alter view work.converted rename to brought
