-- When was this subscriber touched? Contacts told before the subscriber was known have no household.
create index contact_by_subscriber on contacts.contact (branch_id, subscriber_id, happened_at desc)
    where subscriber_id is not null;
