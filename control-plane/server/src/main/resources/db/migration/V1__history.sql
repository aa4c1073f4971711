-- What H2 (in its PostgreSQL mode) and PostgreSQL both understand.
create table service_event (
    id         varchar(64)              not null primary key,
    created_at timestamp with time zone not null,
    about      varchar(1024)            not null,
    service    varchar(520),
    task       varchar(32),
    code       varchar(64)              not null,
    message    varchar(4096)            not null
);
create index service_event_by_service on service_event (service, id);
create index service_event_by_task on service_event (task, id);
create index service_event_by_age on service_event (created_at);

create table stopped_task (
    id              varchar(32)              not null primary key,
    cluster         varchar(255)             not null,
    task_definition varchar(300)             not null,
    task_group      varchar(512),
    started_by      varchar(128),
    service         varchar(520),
    deployment      varchar(32),
    instance        varchar(32),
    host_name       varchar(253),
    stop_code       varchar(64),
    stopped_reason  text,
    created_at      timestamp with time zone not null,
    placed_at       timestamp with time zone,
    started_at      timestamp with time zone,
    stopping_at     timestamp with time zone,
    stopped_at      timestamp with time zone not null
);
create index stopped_task_by_service on stopped_task (service, stopped_at);
create index stopped_task_by_age on stopped_task (stopped_at);

create table stopped_container (
    task_id       varchar(32) not null references stopped_task (id) on delete cascade,
    position      integer     not null,
    name          varchar(255) not null,
    image         text        not null,
    image_digest  text,
    exit_code     integer,
    reason        text,
    started_at    timestamp with time zone,
    finished_at   timestamp with time zone,
    restart_count integer     not null,
    primary key (task_id, position)
);

create table deployment (
    id                   varchar(32)              not null primary key,
    service              varchar(520)             not null,
    task_definition      varchar(300)             not null,
    status               varchar(32)              not null,
    rollout_state        varchar(32)              not null,
    rollout_state_reason text,
    desired_count        integer                  not null,
    created_at           timestamp with time zone not null,
    updated_at           timestamp with time zone not null,
    finished_at          timestamp with time zone
);
create index deployment_by_service on deployment (service, created_at);
create index deployment_by_age on deployment (updated_at);
