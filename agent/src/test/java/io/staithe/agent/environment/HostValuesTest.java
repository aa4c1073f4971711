package io.staithe.agent.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.RegistryCredentials;
import io.staithe.agent.container.TaskSpec;
import io.staithe.agent.task.EffectiveContainer;
import io.staithe.agent.task.Given;
import io.staithe.core.Sample;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.EnvironmentFile;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.Secret;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.TaskOverride.ContainerOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostValuesTest {
    @TempDir
    Path folder;

    @Test
    void laterWins() throws Exception {
        write("base.env", "# a comment\n\nA=file\nB=file\nC=file\nQUOTED=\"as it is\"\n");
        write("more.env", "B=more\r\nD=with=equals\n");
        ContainerDefinition container = overridden(
                List.of(new KeyValuePair("C", "definition"), new KeyValuePair("E", "definition")),
                List.of(new EnvironmentFile("base.env", "file")),
                List.of(),
                List.of(new KeyValuePair("E", "override")),
                List.of(new EnvironmentFile("more.env", "file")));
        assertEquals(
                Map.of(
                        "A", "file",
                        "B", "more",
                        "C", "definition",
                        "D", "with=equals",
                        "E", "override",
                        "QUOTED", "\"as it is\""),
                environment(container));
    }

    @Test
    void whereTheAgentIsWinsOverWhatTheDefinitionSays() throws Exception {
        ContainerDefinition container = overridden(
                List.of(new KeyValuePair("ECS_AGENT_URI", "elsewhere")), List.of(), List.of(), List.of(), List.of());
        ContainerDefinition resolved = resolve(container, (task, name) -> Map.of("ECS_AGENT_URI", "here/" + name));
        assertEquals(List.of(new KeyValuePair("ECS_AGENT_URI", "here/app")), resolved.environment());
    }

    @Test
    void looksUpSecretsAndTheLogDriversOptions() throws Exception {
        write("db.env", "PASSWORD=hunter2\nTOKEN=t\n");
        ContainerDefinition container = overridden(
                List.of(),
                List.of(),
                List.of(new Secret("DB_PASSWORD", "env-file:db.env#PASSWORD")),
                List.of(),
                List.of());
        container = EffectiveContainer.resolved(
                container,
                Map.of(),
                new LogConfiguration(
                        "gelf", Map.of("tag", "x"), List.of(new Secret("token", "env-file:db.env#TOKEN"))));
        ContainerDefinition resolved = resolve(container);
        assertEquals(
                Map.of("tag", "x", "token", "t"), resolved.logConfiguration().options());
        assertTrue(resolved.logConfiguration().secretOptions().isEmpty());
        ContainerDefinition secret = overridden(
                List.of(),
                List.of(),
                List.of(new Secret("DB_PASSWORD", "env-file:db.env#PASSWORD")),
                List.of(),
                List.of());
        assertEquals(Map.of("DB_PASSWORD", "hunter2"), environment(secret));
        assertTrue(resolve(secret).secrets().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:secretsmanager:x", "env-file:db.env", "env-file:db.env#NOT_THERE", "env-file:no.env#A"})
    void namesTheSecretAndNoValue(String valueFrom) throws IOException {
        write("db.env", "PASSWORD=hunter2\n");
        Unresolved refused = refusal(List.of(new Secret("DB", valueFrom)), List.of());
        assertTrue(refused.reason().startsWith("ResourceInitializationError: "), refused.reason());
        assertFalse(refused.reason().contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.env", "/etc/passwd", "sub/x.env", "..", ".hidden", "a\nb", "link.env", "sub"})
    void readsPlainNamesOnly(String name) throws IOException {
        Files.createDirectories(folder.resolve("files/sub"));
        write("sub/x.env", "A=1\n");
        Files.writeString(folder.resolve("outside.env"), "A=1\n");
        Files.createSymbolicLink(folder.resolve("files/link.env"), folder.resolve("outside.env"));
        Unresolved refused = refusal(List.of(), List.of(new EnvironmentFile(name, "file")));
        assertTrue(refused.reason().matches("ResourceInitializationError: environment file [ -~]*"), refused.reason());
    }

    @Test
    void saysWhichLineIsWrong() throws IOException {
        write("bad.env", "A=1\nhunter2\n");
        Unresolved refused = refusal(List.of(), List.of(new EnvironmentFile("bad.env", "file")));
        assertEquals(
                "ResourceInitializationError: environment file bad.env, line 2: must be NAME=value", refused.reason());
    }

    @Test
    void refusesFilesElsewhere() {
        assertEquals(
                "ResourceInitializationError: environment files of type s3 are not supported: use type file",
                refusal(List.of(), List.of(new EnvironmentFile("arn:aws:s3:::b/x.env", "s3")))
                        .reason());
    }

    @Test
    void findsRegistryCredentialsByNameOrRegistry() throws Exception {
        RegistryCredentialsFile file = credentials("rw-------");
        assertEquals(new RegistryCredentials("u", "p w"), file.find("registry:5000/app:1", null));
        assertEquals(new RegistryCredentials("hub", "h"), file.find("library/app", null));
        assertEquals(new RegistryCredentials("n", "s"), file.find("registry:5000/app:1", "mine"));
        assertNull(file.find("other.example/app", null));
        Unresolved unknown = assertThrows(Unresolved.class, () -> file.find("app", "theirs"));
        assertFalse(unknown.reason().contains("p w"));
        assertThrows(Unresolved.class, () -> RegistryCredentialsFile.NONE.find("app", "mine"));
        assertNull(RegistryCredentialsFile.NONE.find("app", null));
    }

    @Test
    void refusesCredentialsThatOthersCanRead() throws IOException {
        RegistryCredentialsFile file = credentials("rw-r--r--");
        assertThrows(Unresolved.class, () -> file.find("app", null));
    }

    private RegistryCredentialsFile credentials(String permissions) throws IOException {
        Path file = folder.resolve("credentials");
        Files.writeString(file, "# registries\nregistry:5000 u p w\ndocker.io hub h\nmine n s\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return RegistryCredentialsFile.at(file);
    }

    private Unresolved refusal(List<Secret> secrets, List<EnvironmentFile> files) {
        return assertThrows(
                Unresolved.class, () -> resolve(overridden(List.of(), files, secrets, List.of(), List.of())));
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files").resolve(name), content);
    }

    private ContainerDefinition resolve(ContainerDefinition container) throws Unresolved {
        return resolve(container, TaskAddresses.NONE);
    }

    private ContainerDefinition resolve(ContainerDefinition container, TaskAddresses addresses) throws Unresolved {
        AssignedTask task = Given.task(1, Given.container("app"));
        TaskSpec spec = new TaskSpec(
                InstanceId.of("a".repeat(32)), task.task(), task.cluster(), task.definition(), task.overrides());
        return new HostValues(EnvironmentFiles.in(folder.resolve("files")), addresses).resolve(spec, container);
    }

    private Map<String, String> environment(ContainerDefinition container) throws Unresolved {
        return resolve(container).environment().stream()
                .collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
    }

    /** A container named app of which only the environment matters, as the agent sees it after the task's override. */
    private static ContainerDefinition overridden(
            List<KeyValuePair> environment,
            List<EnvironmentFile> files,
            List<Secret> secrets,
            List<KeyValuePair> override,
            List<EnvironmentFile> overrideFiles) {
        ContainerDefinition container = ContainerDefinition.of("app", "app:1")
                .but()
                .memory(64)
                .command(List.of("old"))
                .environment(environment)
                .environmentFiles(files)
                .secrets(secrets)
                .build();
        TaskDefinition definition = new TaskDefinition(
                "app",
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                null,
                List.of(container),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Sample.START,
                null,
                null);
        TaskOverride overrides = new TaskOverride(
                List.of(new ContainerOverride("app", List.of("new"), override, overrideFiles, null, null, null)),
                null,
                null,
                null,
                null,
                null);
        AssignedTask task = new AssignedTask(
                TaskId.of("d".repeat(32)),
                "default",
                "family:app",
                null,
                definition,
                overrides,
                DesiredStatus.RUNNING,
                false,
                null);
        ContainerDefinition effective = EffectiveContainer.of(task).get(0);
        assertEquals(List.of("new"), effective.command());
        return effective;
    }
}
