package io.staithe.capacity.provider.ec2;

import io.staithe.core.model.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The instances of a region, and what EC2 answers about them. */
final class Instances {
    /** Two to a page, so that three need two. */
    private static final int PAGE = 2;

    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final String code;

        Refused(String code) {
            this.code = code;
        }
    }

    private static final class Instance {
        private final String id;
        private final Map<String, String> asked;
        private final Map<String, String> tags = new TreeMap<>();
        private String state = "pending";
        private boolean marked;
        private boolean hidden;

        private Instance(String id, Map<String, String> asked) {
            this.id = id;
            this.asked = asked;
            for (int n = 1; asked.containsKey("TagSpecification.1.Tag." + n + ".Key"); n++)
                tags.put(
                        asked.get("TagSpecification.1.Tag." + n + ".Key"),
                        asked.get("TagSpecification.1.Tag." + n + ".Value"));
        }

        private boolean isSpot() {
            return "spot".equals(asked.get("InstanceMarketOptions.MarketType"));
        }

        private String xml() {
            String tagSet = tags.entrySet().stream()
                    .map(tag -> "<item><key>" + tag.getKey() + "</key><value>" + tag.getValue() + "</value></item>")
                    .collect(Collectors.joining());
            return "<item><instanceId>" + id + "</instanceId><instanceState><name>" + state + "</name></instanceState>"
                    + (isSpot() ? "<instanceLifecycle>spot</instanceLifecycle>" : "") + "<tagSet>" + tagSet
                    + "</tagSet></item>";
        }
    }

    private final Map<String, Instance> byToken = new LinkedHashMap<>();

    synchronized String answer(Map<String, String> parameters) throws Refused {
        String action = parameters.get("Action");
        return "<" + action + "Response><requestId>r</requestId>"
                + switch (action) {
                    case "RunInstances" -> "<instancesSet>" + run(parameters).xml() + "</instancesSet>";
                    case "DescribeInstances" -> described(parameters);
                    case "TerminateInstances" -> terminated(parameters);
                    case "DescribeSpotInstanceRequests" -> spotRequests();
                    default -> throw new Refused("InvalidAction");
                }
                + "</" + action + "Response>";
    }

    private Instance run(Map<String, String> parameters) throws Refused {
        String token = parameters.get("ClientToken");
        Instance known = byToken.get(token);
        if (known == null) {
            known = new Instance("i-" + byToken.size(), parameters);
            byToken.put(token, known);
        }
        if (!known.asked.equals(parameters)) throw new Refused("IdempotentParameterMismatch");
        if (known.state.equals("terminated")) throw new Refused("IdempotentInstanceTerminated");
        return known;
    }

    private String described(Map<String, String> parameters) {
        List<Instance> found = new ArrayList<>(byToken.values());
        found.removeIf(instance -> instance.hidden);
        for (int n = 1; parameters.containsKey("Filter." + n + ".Name"); n++) {
            String tag = parameters.get("Filter." + n + ".Name").substring("tag:".length());
            String value = parameters.get("Filter." + n + ".Value.1");
            found.removeIf(((Predicate<Instance>) instance -> value.equals(instance.tags.get(tag))).negate());
        }
        int from = Integer.parseInt(parameters.getOrDefault("NextToken", "0"));
        int to = Math.min(from + PAGE, found.size());
        return "<reservationSet><item><instancesSet>"
                + found.subList(from, to).stream().map(Instance::xml).collect(Collectors.joining())
                + "</instancesSet></item></reservationSet>"
                + (to < found.size() ? "<nextToken>" + to + "</nextToken>" : "");
    }

    private String terminated(Map<String, String> parameters) throws Refused {
        for (int n = 1; parameters.containsKey("InstanceId." + n); n++) {
            String id = parameters.get("InstanceId." + n);
            byToken.values().stream()
                    .filter(instance -> instance.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refused("InvalidInstanceID.NotFound"))
                    .state = "terminated";
        }
        return "<instancesSet/>";
    }

    private String spotRequests() {
        return "<spotInstanceRequestSet>"
                + byToken.values().stream()
                        .filter(instance -> instance.marked)
                        .map(instance -> "<item><instanceId>" + instance.id + "</instanceId><status>"
                                + "<code>marked-for-termination</code><message>price too low</message></status></item>")
                        .collect(Collectors.joining())
                + "</spotInstanceRequestSet>";
    }

    synchronized void set(InstanceId host, String state) {
        byToken.get(host.value()).state = state;
    }

    synchronized void markForTermination(InstanceId host) {
        byToken.get(host.value()).marked = true;
    }

    /** EC2 has it and does not list it yet. */
    synchronized void hide(InstanceId host, boolean to) {
        byToken.get(host.value()).hidden = to;
    }

    synchronized int count() {
        return byToken.size();
    }

    synchronized List<InstanceId> running() {
        return byToken.values().stream()
                .filter(instance -> !instance.state.equals("terminated"))
                .map(instance -> InstanceId.of(instance.tags.get(Labels.HOST)))
                .sorted()
                .toList();
    }
}
