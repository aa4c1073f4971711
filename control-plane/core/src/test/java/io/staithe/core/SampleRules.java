package io.staithe.core;

import io.staithe.core.model.ContainerDependency;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.MountPoint;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.Ulimit;
import io.staithe.core.model.VolumeFrom;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Sample} must know beyond the types: for {@code Record.component}, for a component of any record, and for the
 * ids. Rules between components (a sum, a reference) are left to the constructors; values are drawn from small pools, so
 * that they are met soon.
 */
final class SampleRules {
    static final Map<String, Function<Sample, @Nullable Object>> BY_COMPONENT = rules();

    private SampleRules() {}

    private static Map<String, Function<Sample, @Nullable Object>> rules() {
        Map<String, Function<Sample, @Nullable Object>> rules = new HashMap<>(CapacitySamples.RULES);
        identity(rules);
        services(rules);
        containers(rules);
        traffic(rules);
        return Map.copyOf(rules);
    }

    private static void identity(Map<String, Function<Sample, @Nullable Object>> rules) {
        rules.put("TaskId", s -> TaskId.of(s.hex(32)));
        rules.put("InstanceId", s -> InstanceId.of(s.hex(32)));
        rules.put("DeploymentId", s -> DeploymentId.of(Long.toString(s.number())));
        for (String component : List.of("cluster", "name", "family", "principal", "targetGroup", "loadBalancer"))
            rules.put(component, Sample::name);
        rules.put("AccessKey.id", s -> s.hex(20).toUpperCase(Locale.ROOT));
        rules.put("ServiceEvent.id", s -> s.hex(24));
        rules.put("ServiceEvent.code", s -> s.pick("SERVICE_STEADY_STATE", "TASK_PLACED"));
        rules.put("TaskDefinitionId.revision", s -> s.between(1, 50));
        rules.put("TaskDefinition.revision", s -> s.between(1, 50));
        rules.put("address", s -> "10.0.0." + s.upTo(256));
        rules.put("port", s -> s.between(1, 65_535));
        rules.put("containerPort", s -> s.between(1, 65_535));
        rules.put("Attribute.name", s -> s.pick("ecs.availability-zone", "disk"));
        rules.put("ClusterSetting.name", s -> "containerInsights");
        rules.put("ClusterSetting.value", s -> s.pick("enabled", "disabled", "enhanced"));
    }

    private static void services(Map<String, Function<Sample, @Nullable Object>> rules) {
        rules.put("launchType", s -> s.pick("EC2", "FARGATE", "EXTERNAL"));
        rules.put("minimumHealthyPercent", s -> s.upTo(101));
        rules.put("maximumPercent", s -> s.between(100, 1000));
        rules.put(
                "lifecycleStages",
                s -> s.pick(List.of(LifecycleStage.PRE_SCALE_UP), List.of(LifecycleStage.BAKE_TIME)));
        rules.put("timeoutInMinutes", s -> s.between(1, 20_160));
        rules.put("stepPercent", s -> s.between(30, 1000) / 10.0);
        rules.put("canaryPercent", s -> s.between(1, 1000) / 10.0);
        rules.put("Threshold.value", s -> s.between(1, 1000));
        rules.put("progressSeconds", s -> s.between(10, 86_400));
        rules.put("totalSeconds", s -> s.between(10, 604_800));
        rules.put("alternateTargetGroup", Sample::name);
        rules.put("productionListenerRule", s -> s.name() + ":" + s.between(1, 9));
        rules.put("testListenerRule", s -> s.name() + ":8080/" + s.between(1, 9));
        rules.put("alarmNames", s -> s.pick(List.of("errors"), List.of("errors", "latency")));
        rules.put("desiredCount", s -> s.upTo(20));
        rules.put("imageDigests", s -> s.pick(Map.of(), Map.of("app", "sha256:" + s.hex(64))));
        rules.put("propagateTags", s -> s.pick("TASK_DEFINITION", "SERVICE", "NONE"));
        rules.put("availabilityZoneRebalancing", s -> s.pick("ENABLED", "DISABLED"));
        rules.put("assignPublicIp", s -> s.pick("ENABLED", "DISABLED"));
        rules.put("PlacementConstraint.type", s -> s.pick("distinctInstance", "memberOf"));
        rules.put("PlacementConstraint.expression", s -> "attribute:disk == ssd");
        rules.put("PlacementStrategy.type", s -> s.pick("spread", "binpack", "random"));
        rules.put("PlacementStrategy.field", s -> s.pick("instanceId", "attribute:disk", "cpu", "memory"));
        rules.put("PlacementPolicy.priority", s -> s.upTo(1001));
        rules.put("preferences", s -> s.pick(List.of(), s.list(PlacementPolicy.Preference.class)));
        rules.put("expression", s -> "attribute:disk == ssd");
        rules.put("weight", s -> s.between(1, 100));
        rules.put("Skew.field", s -> s.pick("instanceId", "attribute:ecs.availability-zone"));
        rules.put("Skew.max", s -> s.between(1, 9));
        rules.put("movesAtOnce", s -> s.between(1, 100));
        rules.put("movesPerHour", s -> s.between(1, 1000));
        rules.put("days", s -> s.pick(List.of(), List.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)));
        rules.put("timeZone", s -> s.pick("UTC", "Europe/Berlin", "+05:30"));
        rules.put("scheduleExpression", s -> s.pick("rate(5 minutes)", "cron(0 10 * * ? *)"));
        rules.put("scheduleExpressionTimezone", s -> s.pick("UTC", "Europe/Berlin"));
        rules.put("catchUpSeconds", s -> s.between(1, 86_400));
        rules.put("ScheduleTarget.taskDefinition", s -> s.pick("web", "web:7"));
        rules.put("ScheduleTarget.count", s -> s.between(1, 10));
        rules.put("ScheduleFire.tasks", s -> s.upTo(11));
        rules.put("RuledOut.code", s -> s.pick("RESOURCE:MEMORY", "AGENT"));
        rules.put("RuledOut.hosts", s -> s.between(1, 9));
        rules.put("PlacementReport.hosts", s -> s.between(10, 20));
        rules.put("HeldBack.about", s -> "service " + s.name());
        rules.put("HeldBack.code", s -> s.pick("PROTECTED", "YOUNG"));
        rules.put("HeldBack.message", s -> "its tasks are protected");
        rules.put("times", s -> s.between(1, 9));
        rules.put("Relocation.reason", s -> "zone a has " + s.upTo(9) + " tasks more");
        rules.put("Resources.others", s -> s.pick(Map.of(), Map.of("LICENSE", s.upTo(9), "fpga.x1", 1)));
        rules.put("TaskOverride.cpu", s -> s.between(128, 4096));
    }

    private static void containers(Map<String, Function<Sample, @Nullable Object>> rules) {
        for (String component : List.of("ContainerDefinition.name", "ContainerDependency.containerName"))
            rules.put(component, s -> s.pick("app", "init", "proxy", "log"));
        rules.put("VolumeFrom.sourceContainer", s -> s.pick("app", "init", "proxy", "log"));
        rules.put("Volume.name", s -> s.pick("data", "cache"));
        rules.put("MountPoint.sourceVolume", s -> s.pick("data", "cache"));
        rules.put("ContainerDefinition.dependsOn", s -> rarely(s, ContainerDependency.class));
        rules.put("ContainerDefinition.volumesFrom", s -> rarely(s, VolumeFrom.class));
        rules.put("ContainerDefinition.mountPoints", s -> rarely(s, MountPoint.class));
        rules.put("containerName", s -> s.pick("app", "init"));
        rules.put("image", s -> "registry.example/" + s.name() + ":" + s.upTo(9));
        rules.put("memory", s -> s.between(512, 1024));
        rules.put("memoryReservation", s -> s.between(6, 600));
        rules.put("TaskDefinition.memory", s -> s.between(4096, 1 << 20));
        rules.put("TaskDefinition.cpu", s -> s.between(4096, 196_608));
        rules.put("requiresCompatibilities", s -> s.chance(0.5) ? List.of() : List.of("EC2", "EXTERNAL"));
        rules.put(
                "TaskDefinition.placementConstraints",
                s -> s.chance(0.7) ? List.of() : List.of(new PlacementConstraint("memberOf", "attribute:disk == ssd")));
        rules.put("pidMode", s -> s.pick("host", "task"));
        rules.put("ipcMode", s -> s.pick("host", "task", "none"));
        rules.put("sizeInGiB", s -> s.between(21, 200));
        rules.put("cpuArchitecture", s -> s.pick("X86_64", "ARM64"));
        rules.put("operatingSystemFamily", s -> "LINUX");
        rules.put("versionConsistency", s -> s.pick("enabled", "disabled"));
        rules.put("PortMapping.name", s -> "port_" + s.upTo(9));
        rules.put("PortMapping.hostPort", s -> s.pick(0, s.between(1024, 65_535)));
        rules.put("PortMapping.protocol", s -> s.pick("tcp", "udp"));
        rules.put("appProtocol", s -> s.pick("http", "http2", "grpc"));
        rules.put("containerPortRange", s -> "8000-80" + s.between(10, 99));
        rules.put("EnvironmentFile.type", s -> s.pick("file", "s3"));
        rules.put("FirelensConfiguration.type", s -> s.pick("fluentd", "fluentbit"));
        rules.put("PreStop.command", s -> List.of("/bin/" + s.name(), s.text()));
        rules.put("HealthCheck.command", s -> List.of("CMD", s.text()));
        rules.put("interval", s -> s.between(5, 300));
        rules.put("timeout", s -> s.between(2, 120));
        rules.put("retries", s -> s.between(1, 10));
        rules.put("startPeriod", s -> s.upTo(301));
        rules.put("swappiness", s -> s.upTo(101));
        rules.put("permissions", s -> s.pick(List.of(), List.of("read"), List.of("read", "write", "mknod")));
        rules.put("containerPath", s -> "/mnt/" + s.name());
        rules.put("sourcePath", s -> "/srv/" + s.name());
        rules.put("scope", s -> s.pick("task", "shared"));
        rules.put("logDriver", s -> s.pick(LogConfiguration.DRIVERS));
        rules.put("restartAttemptPeriod", s -> s.between(60, 1800));
        rules.put("ResourceRequirement.type", s -> s.pick("GPU", "LICENSE"));
        rules.put("ResourceRequirement.value", s -> Integer.toString(s.between(1, 8)));
        rules.put("Ulimit.name", s -> s.pick(Ulimit.NAMES));
        rules.put("hardLimit", s -> s.pick(-1, 2000));
    }

    private static void traffic(Map<String, Function<Sample, @Nullable Object>> rules) {
        rules.put("protocol", s -> s.pick("HTTP", "tcp"));
        rules.put("FixedResponse.statusCode", s -> s.between(200, 599));
        rules.put("WeightedTargetGroup.weight", s -> s.between(0, 999));
        rules.put("Redirect.statusCode", s -> s.pick(301, 302));
        rules.put("contentType", s -> s.pick("text/plain", "application/json"));
        rules.put("Redirect.host", s -> "www.example.org");
        rules.put("path", s -> "/" + s.name());
        rules.put("listener", s -> s.name() + ":" + s.between(1, 65_535));
        rules.put("priority", s -> s.between(1, 50_000));
        rules.put("hosts", s -> s.pick(List.of(), List.of("*.example.org", "example.org")));
        rules.put("paths", s -> s.pick(List.of(), List.of("/" + s.name() + "/*")));
        rules.put("healthCheckPath", s -> "/" + s.name());
        rules.put("healthCheckIntervalSeconds", s -> s.between(1, 300));
        rules.put("healthCheckTimeoutSeconds", s -> s.between(1, 120));
        rules.put("healthyThresholdCount", s -> s.between(1, 10));
        rules.put("unhealthyThresholdCount", s -> s.between(1, 10));
        rules.put("matcher", s -> s.pick("200", "200-299", "200,204"));
    }

    /** Mostly empty: each entry refers to something else that has to be there. */
    private static <T> List<T> rarely(Sample sample, Class<T> type) {
        return sample.chance(0.8) ? List.of() : List.of(sample.of(type));
    }
}
