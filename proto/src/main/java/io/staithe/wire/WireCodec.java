package io.staithe.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.staithe.core.model.AccessKey;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Alarm;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Family;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Job;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Leader;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancer;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.Setting;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.store.EntityCodec;
import io.staithe.proto.v1.StoredObject;

/** Objects as stores keep them: a {@code StoredObject} with the version of the schema that wrote it. */
public final class WireCodec implements EntityCodec {
    @Override
    public byte[] encode(Entity entity) {
        return StoredObject.newBuilder()
                .setSchemaVersion(Wire.SCHEMA_VERSION)
                .setContent(Wire.toMessage((Record) entity).toByteString())
                .build()
                .toByteArray();
    }

    @Override
    public Entity decode(Kind kind, byte[] bytes) {
        Class<? extends Entity> type = type(kind);
        try {
            StoredObject stored = StoredObject.parseFrom(bytes);
            int version = stored.getSchemaVersion();
            if (version > Wire.SCHEMA_VERSION)
                throw new IllegalStateException("an object in " + kind.folder() + " has schema version " + version
                        + "; this program knows " + Wire.SCHEMA_VERSION + " and would lose what it does not know");
            if (version < 1)
                throw new IllegalStateException("an object in " + kind.folder() + " has no schema version");
            RecordMapping mapping = RecordMapping.of(type);
            Message content = mapping.parse(stored.getContent());
            return type.cast(mapping.toRecord(content));
        } catch (InvalidProtocolBufferException | Invalid e) {
            throw new IllegalStateException("an object in " + kind.folder() + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Class<? extends Entity> type(Kind kind) {
        return switch (kind) {
            case SETTING -> Setting.class;
            case ACCESS_KEY -> AccessKey.class;
            case LEADER -> Leader.class;
            case CLUSTER -> Cluster.class;
            case FAMILY -> Family.class;
            case TASK_DEFINITION -> TaskDefinition.class;
            case SERVICE -> Service.class;
            case DEPLOYMENT -> Deployment.class;
            case TASK -> Task.class;
            case TASK_REPORT -> TaskReport.class;
            case ALARM -> Alarm.class;
            case JOB -> Job.class;
            case SCHEDULE -> Schedule.class;
            case REBALANCING -> RebalancingStatus.class;
            case INSTANCE -> ContainerInstance.class;
            case HOST_GROUP -> HostGroup.class;
            case CAPACITY_PROVIDER -> CapacityProvider.class;
            case CAPACITY_STATUS -> CapacityStatus.class;
            case PROVISIONED_HOST -> ProvisionedHost.class;
            case HOST_REPORT -> HostReport.class;
            case SESSION -> AgentSession.class;
            case LOAD_BALANCER -> LoadBalancer.class;
            case LISTENER -> Listener.class;
            case RULE -> Rule.class;
            case TARGET_GROUP -> TargetGroup.class;
            case TARGET_HEALTH -> TargetHealth.class;
            case EVENT -> ServiceEvent.class;
            case USAGE -> UsageRecord.class;
        };
    }
}
