-- Question: none; what the decision was made of is dropped, for it fills the memory.
drop table work.candidate;
drop table work.selected;
drop table work.closure
