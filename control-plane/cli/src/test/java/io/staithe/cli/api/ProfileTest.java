package io.staithe.cli.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    @TempDir
    private Path home;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectory(home.resolve(".aws"));
        Files.createDirectory(home.resolve(".staithe"));
        Files.writeString(home.resolve(".aws/credentials"), """
                # the usual file
                [default]
                aws_access_key_id = AKIDEFAULT
                aws_secret_access_key = default-secret

                [other]
                aws_access_key_id=AKIOTHER
                aws_secret_access_key=other=secret
                aws_session_token=token
                """);
        Files.writeString(home.resolve(".aws/config"), """
                [profile other]
                region = eu-test-1
                endpoint_url = http://other:7400/
                s3 =
                  endpoint_url = http://s3
                """);
    }

    @Test
    void nothingSaidMeansThisMachineAndTheDefaultProfile() {
        Profile profile = find(null, null);
        assertEquals(URI.create("http://127.0.0.1:7400"), profile.endpoint());
        assertEquals("us-east-1", profile.region());
        assertEquals("default", profile.cluster());
        assertEquals(new Credentials("AKIDEFAULT", "default-secret", null), profile.credentials());
    }

    @Test
    void aProfileHasKeyRegionAndEndpoint() {
        variables.put("AWS_PROFILE", "other");
        Profile profile = find(null, null);
        assertEquals(URI.create("http://other:7400"), profile.endpoint());
        assertEquals("eu-test-1", profile.region());
        assertEquals(new Credentials("AKIOTHER", "other=secret", "token"), profile.credentials());
    }

    @Test
    void staithesOwnFileSaysWhereTheRestIs() throws IOException {
        Path elsewhere = Files.writeString(
                home.resolve("keys"), "[staithe]\naws_access_key_id=AKIS\naws_secret_access_key=s\nregion=here\n");
        Files.writeString(
                home.resolve(".staithe/config"),
                "[default]\nendpoint_url = http://10.0.0.1:1\nprofile = staithe\ncluster = prod\ncredentials_file = "
                        + elsewhere);
        Profile profile = find(null, null);
        assertEquals(URI.create("http://10.0.0.1:1"), profile.endpoint());
        assertEquals("here", profile.region());
        assertEquals("prod", profile.cluster());
        assertEquals(new Credentials("AKIS", "s", null), profile.credentials());
    }

    @Test
    void theEnvironmentBeatsFiles() throws IOException {
        Files.writeString(home.resolve(".staithe/config"), "[default]\nendpoint_url = http://file:1\n");
        variables.putAll(Map.of(
                "STAITHE_ENDPOINT", "https://environment",
                "AWS_DEFAULT_REGION", "r",
                "AWS_ACCESS_KEY_ID", "AKIENV",
                "AWS_SECRET_ACCESS_KEY", "e"));
        Profile profile = find(null, null);
        assertEquals(URI.create("https://environment"), profile.endpoint());
        assertEquals("r", profile.region());
        assertEquals(new Credentials("AKIENV", "e", null), profile.credentials());
    }

    @Test
    void theCommandLineBeatsAll() {
        variables.putAll(
                Map.of("AWS_ACCESS_KEY_ID", "AKIENV", "AWS_SECRET_ACCESS_KEY", "e", "STAITHE_ENDPOINT", "http://e"));
        Profile profile = find("http://option:2", "other");
        assertEquals(URI.create("http://option:2"), profile.endpoint());
        assertEquals("AKIOTHER", profile.credentials().accessKeyId());
    }

    @Test
    void filesMayBeElsewhere() throws IOException {
        variables.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString());
        assertNull(find(null, null).credentials());
    }

    @Test
    void anEndpointIsAnUrlOfAServer() {
        for (String wrong : new String[] {"localhost:7400", "ftp://x", "http://x/path", "http://user@x"})
            assertThrows(Failure.class, () -> find(wrong, null), wrong);
    }

    private Profile find(String endpoint, String profile) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Shell shell = new Shell(
                variables,
                home,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                80,
                InstantSource.system(),
                Duration.ofMillis(1),
                last -> {});
        return Profile.find(shell, endpoint, profile);
    }
}
