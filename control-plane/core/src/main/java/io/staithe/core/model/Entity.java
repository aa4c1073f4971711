package io.staithe.core.model;

/** What the store holds: an immutable record with a key. */
public sealed interface Entity
        permits AccessKey,
                AgentSession,
                Alarm,
                CapacityProvider,
                CapacityStatus,
                Cluster,
                ContainerInstance,
                Deployment,
                Family,
                HostGroup,
                HostReport,
                Job,
                Leader,
                Listener,
                LoadBalancer,
                ProvisionedHost,
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
                TaskReport,
                UsageRecord {
    Key key();
}
