-- A deployment and its task definition as a whole, so that its revision can be shown, compared and rolled out again.
alter table deployment add column content bytea;
alter table deployment add column task_definition_content bytea;
