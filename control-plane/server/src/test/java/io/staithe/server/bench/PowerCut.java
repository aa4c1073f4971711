package io.staithe.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the hosts loses its power: from one moment on nothing that is sent to it arrives and nothing of it is heard, not
 * even the end of its connections; its agent and all its containers are dead. The hosts share one kernel, so packets are
 * dropped by rules: those to the host's address, those of its containers, and those of its agent's connection.
 */
final class PowerCut {
    private final PrivateEngine engine;
    private final List<List<String>> rules = new ArrayList<>();

    private PowerCut(PrivateEngine engine) {
        this.engine = engine;
    }

    static void of(int host, Installation installation, PrivateEngine engine) throws IOException, InterruptedException {
        new PowerCut(engine).cut(host, installation);
    }

    private void cut(int host, Installation installation) throws IOException, InterruptedException {
        List<String> containers = engine.running("label=io.staithe.agent=" + installation.instance(host));
        for (String address : addresses(containers)) drop("PREROUTING", "-s", address);
        drop("OUTPUT", "-d", installation.address(host));
        String agent = agentsPort(installation.agent(host).pid());
        drop("OUTPUT", "-p", "tcp", "--sport", agent, "--dport", Integer.toString(Installation.GATEWAY_PORT));
        drop("OUTPUT", "-p", "tcp", "--sport", Integer.toString(Installation.GATEWAY_PORT), "--dport", agent);
        for (List<String> rule : rules) Program.run(Map.of(), rule);
        installation.agent(host).kill();
        List<String> kill = new ArrayList<>(engine.command("kill"));
        kill.addAll(containers);
        Program.run(Map.of(), kill);
    }

    private void drop(String chain, String... what) {
        List<String> rule = new ArrayList<>(List.of("iptables", "--wait", "-t", "raw", "-I", chain));
        rule.addAll(List.of(what));
        rule.addAll(List.of("-j", "DROP"));
        rules.add(rule);
    }

    /** Containers of one task share the address of one of them. */
    private List<String> addresses(List<String> containers) throws IOException, InterruptedException {
        List<String> inspect = new ArrayList<>(
                List.of("inspect", "--format={{range .NetworkSettings.Networks}}{{.IPAddress}}{{println}}{{end}}"));
        inspect.addAll(containers);
        return engine.docker(inspect.toArray(String[]::new))
                .lines()
                .filter(address -> !address.isBlank())
                .distinct()
                .toList();
    }

    private static String agentsPort(long pid) throws IOException, InterruptedException {
        String connections = Program.run(
                Map.of(), List.of("ss", "-Htnp", "state", "established", "dport = :" + Installation.GATEWAY_PORT));
        Matcher own =
                Pattern.compile(":(\\d+)\\s+\\S+\\s+users:.*pid=" + pid + ",").matcher(connections);
        if (!own.find()) throw new IOException("no connection of process " + pid + " in " + connections);
        return own.group(1);
    }
}
