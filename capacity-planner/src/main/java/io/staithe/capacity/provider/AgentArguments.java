package io.staithe.capacity.provider;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.List;

/** What an agent is told when it is started on a host that was bought; where its token is, the provider knows. */
public final class AgentArguments {
    private static final int NAME_ID_CHARS = 8;

    private AgentArguments() {}

    public static List<String> of(HostRequest request, String gateway) {
        List<String> arguments = new ArrayList<>(List.of(
                "--control-plane", gateway,
                "--cluster", request.cluster(),
                "--instance-id", request.id().value(),
                "--name", name(request)));
        Resources offered = request.offered();
        arguments.addAll(List.of("--cpu", String.valueOf(offered.cpu())));
        arguments.addAll(List.of("--memory", String.valueOf(offered.memory())));
        if (offered.gpus() > 0) arguments.addAll(List.of("--gpus", String.valueOf(offered.gpus())));
        offered.others().forEach((name, count) -> arguments.addAll(List.of("--resource", name + "=" + count)));
        arguments.addAll(List.of("--attribute", "ecs.instance-type=" + request.type()));
        if (request.fargate()) arguments.add("--fargate");
        if (request.zone() != null)
            arguments.addAll(List.of("--attribute", Attribute.AVAILABILITY_ZONE + "=" + request.zone()));
        return arguments;
    }

    /** What people see of the host: its group, and enough of its id to tell it from others. */
    public static String name(HostRequest request) {
        return request.group() + "-" + request.id().value().substring(0, NAME_ID_CHARS);
    }
}
