package io.staithe.simulation;

import static io.staithe.simulation.Language.mustBe;
import static io.staithe.simulation.Language.number;

import io.staithe.core.model.ContainerInstance;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;

/** What happens to hosts and control planes, in sentences. */
final class HostSentences {
    private final Stage stage;

    private HostSentences(Stage stage) {
        this.stage = stage;
    }

    static void in(Language language, Stage stage) {
        HostSentences here = new HostSentences(stage);
        language.say("drain (host\\d+)", m -> stage.user.drain(here.instance(m)));
        language.say(
                "drain (host\\d+) within (\\d+) seconds",
                m -> stage.user.drainWithin(here.instance(m), Duration.ofSeconds(number(m, 2))));
        language.say("undrain (host\\d+)", m -> stage.user.undrain(here.instance(m)));
        language.say("the agent of (host\\d+) crashes", m -> here.host(m).crash());
        language.say(
                "the agent of (host\\d+) loses its memory", m -> here.host(m).loseCheckpoint());
        language.say("the agent of (host\\d+) starts", m -> here.host(m).start());
        language.say("the agent of (host\\d+) is upgraded", m -> upgrade(here.host(m)));
        language.say("(host\\d+) reboots", m -> reboot(here.host(m)));
        language.say("(host\\d+) is cut off", m -> here.host(m).cutOff(true));
        language.say("(host\\d+) is reachable again", m -> here.host(m).cutOff(false));
        language.say("docker of (host\\d+) is away", m -> here.host(m).dockerAway(true));
        language.say("docker of (host\\d+) is back", m -> here.host(m).dockerAway(false));
        language.say("a container on (host\\d+) dies", m -> here.host(m).killAContainer());
        language.say("the containers on (host\\d+) are (not )?ready", m -> here.host(m)
                .areBusy(m.group(2) != null));
        language.say("the proxy of (host\\d+) crashes", m -> Objects.requireNonNull(here.host(m).edge)
                .crash());
        language.say(
                "(\\d+) hosts? (?:is|are) bought",
                m -> mustBe(number(m, 1), stage.cloud.running().size(), m));
        language.say("tasks on Fargate share hosts", m -> stage.user.packFargate());
        language.say("a bought host vanishes", m -> stage.cloud.vanish());
        language.say("a bought host is taken back", m -> stage.cloud.takeBack());
        language.say("(cp\\d+) crashes", m -> here.controlPlane(m).crash());
        language.say("(cp\\d+) starts", m -> here.controlPlane(m).start());
    }

    private static void upgrade(Host host) {
        host.upgrade("simulated, the next one");
        host.start();
    }

    private static void reboot(Host host) {
        host.reboot();
        host.start();
    }

    private Host host(Matcher m) {
        return stage.network.host(m.group(1)).orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }

    private ContainerInstance instance(Matcher m) {
        return stage.store.state().instance(host(m).id).orElseThrow();
    }

    private ControlPlane controlPlane(Matcher m) {
        return stage.network.controlPlanes.stream()
                .filter(process -> process.name().startsWith(m.group(1) + "."))
                .findFirst()
                .orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }
}
