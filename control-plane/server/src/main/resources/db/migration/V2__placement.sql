-- Why a task was where it was, or why it waited; a line for each rule or host. Tasks that stopped before have none.
alter table stopped_task add column placement text;
