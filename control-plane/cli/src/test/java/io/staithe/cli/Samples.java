package io.staithe.cli;

/** What the API answers about a small system: two services, three tasks, two hosts. */
public final class Samples {
    private Samples() {}

    private static final String ARN = "arn:aws:ecs:eu-test-1:123456789012:";

    /** Where Staithe says how far the deployment of a service is. */
    public static String progressOf(String service) {
        return "GET /staithe/v1/deployments/" + service + "?cluster=default";
    }

    public static final String PROGRESS = """
            {"service":"default/web","number":"17","state":"IN_PROGRESS","strategy":"ROLLING","reason":"in progress",
             "waitingFor":"1 of 3 tasks to become healthy","desired":3,"failedTasks":0,"paused":false,
             "next":{"desired":3,"running":2,"healthy":2,"pending":0,"stopping":0},
             "old":{"desired":0,"running":1,"healthy":1,"pending":0,"stopping":0}}
            """;

    /** Where Staithe says what ECS does not know. */
    public static final String MORE = "POST /staithe/v1/describe";

    public static final String BOUGHT = "GET /staithe/v1/provisioned-hosts?cluster=default";

    public static final String NOTHING_MORE = "{\"items\":[]}";

    public static final String SERVICE_ARNS =
            "{\"serviceArns\":[\"%sservice/default/web\",\"%sservice/default/api\"]}".formatted(ARN, ARN);

    public static final String WEB = service("web", 3, 2, "IN_PROGRESS");
    public static final String API = service("api", 1, 1, "COMPLETED");
    public static final String SERVICES = services(WEB, API);

    public static String services(String... services) {
        return "{\"failures\":[],\"services\":[" + String.join(",", services) + "]}";
    }

    public static String service(String name, int desired, int running, String rollout) {
        return """
                {"serviceName":"%1$s","serviceArn":"%2$sservice/default/%1$s","clusterArn":"%2$scluster/default",
                 "status":"ACTIVE","desiredCount":%3$d,"runningCount":%4$d,"pendingCount":%5$d,
                 "taskDefinition":"%2$stask-definition/%1$s:7","createdAt":1767322000.5,
                 "loadBalancers":[{"targetGroupArn":"%2$stargetgroup/%1$s/0123456789abcdef","containerName":"app","containerPort":80}],
                 "deployments":[{"id":"ecs-svc/1","status":"PRIMARY","rolloutState":"%6$s","rolloutStateReason":"because",
                   "taskDefinition":"%2$stask-definition/%1$s:7","desiredCount":%3$d,"runningCount":%4$d,"pendingCount":%5$d,
                   "failedTasks":0,"createdAt":1767322000.5}],
                 "events":[{"id":"e2","createdAt":1767323040,"message":"(service %1$s) has reached a steady state."},
                   {"id":"e1","createdAt":1767323000,"message":"(service %1$s) has started 1 tasks."}]}
                """.formatted(name, ARN, desired, running, desired - running, rollout);
    }

    public static final String TASK_ARNS =
            "{\"taskArns\":[\"%1$stask/default/%2$s\",\"%1$stask/default/%3$s\"]}".formatted(ARN, id("aa"), id("ab"));
    public static final String NO_ARNS = "{\"taskArns\":[],\"containerInstanceArns\":[],\"serviceArns\":[]}";

    public static final String TASKS =
            "{\"failures\":[],\"tasks\":[" + task("aa", "RUNNING", "a1") + "," + task("ab", "PENDING", "b2") + "]}";

    public static String task(String id, String status, String host) {
        return """
                {"taskArn":"%1$stask/default/%2$s","clusterArn":"%1$scluster/default","group":"service:web",
                 "lastStatus":"%3$s","desiredStatus":"RUNNING","healthStatus":"UNKNOWN",
                 "containerInstanceArn":"%1$scontainer-instance/default/%4$s",
                 "taskDefinitionArn":"%1$stask-definition/web:7","createdAt":1767323000,
                 "containers":[{"name":"app","lastStatus":"%3$s",
                   "networkBindings":[{"hostPort":32768,"containerPort":80,"protocol":"tcp"}]}]}
                """.formatted(ARN, id(id), status, id(host));
    }

    public static String ended(String id, int exitCode) {
        return """
                {"taskArn":"%1$stask/default/%2$s","clusterArn":"%1$scluster/default","group":"family:job",
                 "lastStatus":"STOPPED","desiredStatus":"STOPPED","stoppedReason":"Essential container in task exited",
                 "taskDefinitionArn":"%1$stask-definition/job:1","createdAt":1767323000,
                 "containers":[{"name":"app","lastStatus":"STOPPED","exitCode":%3$d}]}
                """.formatted(ARN, id(id), exitCode);
    }

    public static final String HOST_ARNS =
            "{\"containerInstanceArns\":[\"%1$scontainer-instance/default/%2$s\",\"%1$scontainer-instance/default/%3$s\"]}"
                    .formatted(ARN, id("a1"), id("b2"));
    public static final String HOSTS = hosts(2);

    public static String hosts(int tasksOfTheFirst) {
        return "{\"failures\":[],\"containerInstances\":[" + host("a1", "host1", tasksOfTheFirst) + ","
                + host("b2", "host2", 0) + "]}";
    }

    private static String host(String id, String name, int tasks) {
        return """
                {"containerInstanceArn":"%1$scontainer-instance/default/%2$s","ec2InstanceId":"%3$s","status":"ACTIVE",
                 "agentConnected":true,"runningTasksCount":%4$d,"pendingTasksCount":0,"registeredAt":1767322000,
                 "registeredResources":[{"name":"CPU","integerValue":1024},{"name":"MEMORY","integerValue":2048}],
                 "remainingResources":[{"name":"CPU","integerValue":512},{"name":"MEMORY","integerValue":1024}],
                 "attributes":[{"name":"disk","value":"ssd"},{"name":"ecs.availability-zone","value":"zone-a"},{"name":"spare"}]}
                """.formatted(ARN, id(id), name, tasks);
    }

    /** 32 digits that begin so. */
    public static String id(String prefix) {
        return prefix + "0".repeat(32 - prefix.length());
    }

    public static String arn(String resource) {
        return ARN + resource;
    }
}
