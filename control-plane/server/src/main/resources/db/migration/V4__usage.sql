-- What each task and each bought host has used. Written once; writing it again changes nothing.
create table usage_record (
    id                varchar(64)              not null primary key,
    subject           varchar(16)              not null,
    cluster           varchar(255)             not null,
    task_group        varchar(512),
    capacity_provider varchar(255),
    instance          varchar(32),
    host_type         varchar(255),
    started_at        timestamp with time zone not null,
    ended_at          timestamp with time zone not null,
    settled_at        timestamp with time zone not null,
    billed_seconds    bigint                   not null,
    cpu_seconds       bigint                   not null,
    memory_seconds    bigint                   not null,
    storage_seconds   bigint                   not null,
    micros            bigint                   not null
);
create index usage_record_by_end on usage_record (ended_at);
create index usage_record_by_settling on usage_record (settled_at);
