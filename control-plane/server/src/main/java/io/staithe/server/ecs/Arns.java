package io.staithe.server.ecs;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Fingerprint;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.server.aws.Caller;

/** The names under which a caller sees things: ARNs in the forms of ECS and of Elastic Load Balancing. */
public record Arns(Caller caller) {
    public static Arns of(Caller caller) {
        return new Arns(caller);
    }

    public String cluster(String name) {
        return ecs("cluster/" + name);
    }

    public String service(ServiceId id) {
        return ecs("service/" + id.value());
    }

    public String taskDefinition(TaskDefinitionId id) {
        return ecs("task-definition/" + id.value());
    }

    public String task(String cluster, TaskId id) {
        return ecs("task/" + cluster + "/" + id.value());
    }

    public String container(String cluster, TaskId task, String name) {
        return ecs("container/" + cluster + "/" + task.value() + "/" + task.container(name));
    }

    public String containerInstance(String cluster, InstanceId id) {
        return ecs("container-instance/" + cluster + "/" + id.value());
    }

    public String serviceDeployment(ServiceId service, DeploymentId number) {
        return ecs("service-deployment/" + service.value() + "/" + number.value());
    }

    /** Bears the deployment's number: Terraform's provider looks for it here. */
    public String serviceRevision(ServiceId service, DeploymentId number) {
        return ecs("service-revision/" + service.value() + "/" + number.value());
    }

    public String capacityProvider(String name) {
        return ecs("capacity-provider/" + name);
    }

    /** A host group stands in the place of an Auto Scaling group. */
    public String hostGroup(String name) {
        String hex = Fingerprint.of("hostgroup", name).hex(32);
        String uuid = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        return caller.arn("autoscaling", "autoScalingGroup:" + uuid + ":autoScalingGroupName/" + name);
    }

    public String loadBalancer(String name) {
        return elb("loadbalancer/app/" + name + "/" + mark("loadbalancer", name));
    }

    public String targetGroup(String name) {
        return elb("targetgroup/" + name + "/" + mark("targetgroup", name));
    }

    public String listener(Listener listener) {
        return elb("listener/app/" + listenerPath(listener.id()));
    }

    /** Staithe's schedules belong to clusters, which stand in the place of EventBridge's groups. */
    public String schedule(Schedule schedule) {
        return caller.arn("scheduler", "schedule/" + schedule.key().id());
    }

    public String rule(Rule rule) {
        return elb("listener-rule/app/" + listenerPath(rule.listener()) + "/"
                + mark("rule", rule.key().id()));
    }

    private static String listenerPath(String id) {
        String loadBalancer = id.substring(0, id.indexOf(':'));
        return loadBalancer + "/" + mark("loadbalancer", loadBalancer) + "/" + mark("listener", id);
    }

    private String ecs(String resource) {
        return caller.arn("ecs", resource);
    }

    private String elb(String resource) {
        return caller.arn("elasticloadbalancing", resource);
    }

    /** ELB's 16 digits, which here follow from the name: there is one thing of a name. */
    private static String mark(String kind, String name) {
        return Fingerprint.of(kind, name).hex(16);
    }
}
