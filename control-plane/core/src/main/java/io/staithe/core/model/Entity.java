package io.staithe.core.model;

/** What the store holds: an immutable record with a key. */
public sealed interface Entity
        permits AccessKey,
                AgentSession,
                Alarm,
                Cluster,
                ContainerInstance,
                Deployment,
                Family,
                Job,
                Leader,
                Listener,
                LoadBalancer,
                RebalancingStatus,
                Rule,
                Schedule,
                Service,
                ServiceEvent,
                Setting,
                TargetGroup,
                TargetHealth,
                Task,
                TaskDefinition,
                TaskReport {
    Key key();
}
