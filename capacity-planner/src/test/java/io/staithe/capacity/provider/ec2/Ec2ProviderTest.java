package io.staithe.capacity.provider.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ec2ProviderTest {
    private static final InstanceId ONE = InstanceId.of("1".repeat(32));
    private static final InstanceId TWO = InstanceId.of("2".repeat(32));
    private static final InstanceId THREE = InstanceId.of("3".repeat(32));
    private static final Map<String, String> SETTINGS = Map.of("imageId", "ami-x86", "imageId.ARM64", "ami-arm");

    @TempDir
    Path folder;

    private Region region;
    private Ec2Provider provider;

    @BeforeEach
    void open() {
        region = new Region(folder);
        provider = region.open("ours");
    }

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void readsEveryPage() {
        provider.start(region.request(ONE));
        provider.start(region.request(TWO));
        provider.start(region.request(THREE));
        assertEquals(3, region.open("ours").list().size());
    }

    @Test
    void listsWhatEc2DoesNotListYet() {
        provider.start(region.request(ONE));
        region.instances.hide(ONE, true);
        assertEquals(ListedHost.State.STARTING, provider.list().get(0).state());
        provider.terminate(ONE);
        assertEquals(0, region.running().size());
        assertEquals(0, provider.list().size());
    }

    @Test
    void tellsOfASpotInstanceThatIsTakenBack() {
        provider.start(of("m7i.large", true, "X86_64", null, SETTINGS));
        assertEquals("spot", region.lastRun().get("InstanceMarketOptions.MarketType"));
        region.boot(ONE);
        assertEquals(ListedHost.State.RUNNING, provider.list().get(0).state());
        region.instances.markForTermination(ONE);
        ListedHost host = provider.list().get(0);
        assertEquals(ListedHost.State.INTERRUPTED, host.state());
        assertEquals("spot interruption: price too low", host.message());
    }

    @Test
    void givesBackWhatSomebodyHasStopped() {
        provider.start(region.request(ONE));
        region.instances.set(ONE, "stopped");
        assertEquals(ListedHost.State.INTERRUPTED, provider.list().get(0).state());
    }

    @Test
    void aHostThatRunsIsStartedThoughItsGroupHasOtherSettingsNow() {
        provider.start(region.request(ONE));
        provider.start(of("m7i.large", false, "X86_64", null, Map.of("imageId", "ami-2")));
        assertEquals(1, region.starts());
        region.refuse("IdempotentParameterMismatch");
        ProviderException refusal = assertThrows(ProviderException.class, () -> provider.start(region.request(TWO)));
        assertEquals(Kind.INVALID, refusal.kind());
    }

    @Test
    void asksForWhatTheSettingsSay() {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("launchTemplate", "lt-1");
        settings.put("subnets", "z1=subnet-1\nz2=subnet-2");
        settings.put("securityGroups", "sg-1,sg-2");
        settings.put("instanceProfile", "hosts");
        settings.put("tag.team", "web");
        provider.start(of("m7g.large", false, "ARM64", "z2", settings));
        Map<String, String> run = region.lastRun();
        assertEquals("ami-arm", run.get("ImageId"));
        assertEquals("lt-1", run.get("LaunchTemplate.LaunchTemplateId"));
        assertEquals("subnet-2", run.get("SubnetId"));
        assertEquals("sg-2", run.get("SecurityGroupId.2"));
        assertEquals("hosts", run.get("IamInstanceProfile.Name"));
        assertEquals("m7g.large", run.get("InstanceType"));
        assertEquals("team", run.get("TagSpecification.1.Tag.1.Key"));
        assertEquals("required", run.get("MetadataOptions.HttpTokens"));
        assertEquals("1", run.get("MetadataOptions.HttpPutResponseHopLimit"));
        assertNull(run.get("InstanceMarketOptions.MarketType"));
    }

    @Test
    void joinsByAScriptThatAShellCanRead() throws Exception {
        provider.start(region.request(ONE));
        String script = region.lastScript();
        assertTrue(script.contains("token='" + Requests.token(ONE) + "'"), script);
        assertTrue(script.contains("'--instance-id' '" + ONE + "'"), script);
        assertFalse(script.contains("@TOKEN@"), script);
        Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
        try (OutputStream in = shell.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("", new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, shell.waitFor());
    }

    @Test
    void refusesWhatCannotBe() {
        String made = ProvisionedHost.MADE_TO_MEASURE;
        for (HostRequest request : new HostRequest[] {
            of(made, false, "X86_64", null, SETTINGS),
            of("m7i.large", false, "X86_64", null, Map.of()),
            of("m7i.large", false, "X86_64", "z9", Map.of("imageId", "ami-1", "subnets", "z1=subnet-1")),
            of("m7i.large", false, "X86_64", null, Map.of("imageId", "ami-1", "subnetz", "subnet-1"))
        })
            assertEquals(
                    Kind.INVALID,
                    assertThrows(ProviderException.class, () -> provider.start(request))
                            .kind());
        assertEquals(0, region.starts());
    }

    private static HostRequest of(
            String type, boolean spot, String architecture, String zone, Map<String, String> settings) {
        return new HostRequest(
                ONE,
                "web",
                "default",
                type,
                new Resources(2048, 4096, 0),
                architecture,
                spot,
                false,
                zone,
                Requests.token(ONE),
                settings);
    }
}
