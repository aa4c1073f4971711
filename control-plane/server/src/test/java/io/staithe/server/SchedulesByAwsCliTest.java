package io.staithe.server;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Schedules by {@code aws scheduler}, on a whole server. */
@QuarkusTest
@TestProfile(OneServer.class)
@Tag("quarkus")
class SchedulesByAwsCliTest {
    private static final String TARGET = "{\"Arn\": \"default\", \"RoleArn\": \"arn:aws:iam::000000000000:role/any\","
            + " \"EcsParameters\": {\"TaskDefinitionArn\": \"swept\", \"TaskCount\": 2,"
            + " \"PlacementConstraints\": [{\"type\": \"distinctInstance\"}],"
            + " \"Tags\": [{\"key\": \"team\", \"value\": \"night\"}]}}";

    @BeforeEach
    void ready() {
        until("the server is ready", OneServer::isReady);
    }

    @Test
    void createsShowsChangesListsAndDeletesASchedule() throws Exception {
        AwsCli.run(
                "ecs",
                "register-task-definition",
                "--family",
                "swept",
                "--container-definitions",
                "[{\"name\": \"app\", \"image\": \"app:1\", \"memory\": 64}]");
        String created = AwsCli.run(
                "scheduler",
                "create-schedule",
                "--name",
                "sweep",
                "--schedule-expression",
                "cron(30 2 * * ? *)",
                "--schedule-expression-timezone",
                "Europe/Berlin",
                "--flexible-time-window",
                "Mode=OFF",
                "--target",
                TARGET);
        assertTrue(created.contains("arn:aws:scheduler:us-east-1:000000000000:schedule/default/sweep"), created);
        String shown = AwsCli.run("scheduler", "get-schedule", "--name", "sweep");
        assertTrue(shown.contains("\"Europe/Berlin\"") && shown.contains("\"distinctInstance\""), shown);
        AwsCli.run(
                "scheduler",
                "update-schedule",
                "--name",
                "sweep",
                "--schedule-expression",
                "rate(1 hour)",
                "--state",
                "DISABLED",
                "--flexible-time-window",
                "Mode=OFF",
                "--target",
                TARGET);
        String listed = AwsCli.run("scheduler", "list-schedules", "--state", "DISABLED");
        assertTrue(listed.contains("\"sweep\""), listed);
        AwsCli.run("scheduler", "delete-schedule", "--name", "sweep");
        listed = AwsCli.run("scheduler", "list-schedules");
        assertFalse(listed.contains("\"sweep\""), listed);
    }
}
