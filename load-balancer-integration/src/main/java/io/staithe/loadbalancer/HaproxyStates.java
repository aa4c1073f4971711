package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state in which each server of a {@link HaproxyConfiguration} begins, as HAProxy's server state file. Without it a
 * server begins up (2.6 has no {@code init-state}). So: what was up stays up, a server that nobody has checked begins
 * down, and what drains goes on draining. Written from what was observed instead of by HAProxy itself, so that it is there
 * after a crash too, and because HAProxy ignores lines whose ids are not those of the new configuration. Pure.
 */
final class HaproxyStates {
    private static final String HEADER = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state"
            + " srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health"
            + " srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl"
            + " srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n";

    /** HAProxy's numbers (management guide, "show servers state"). */
    static final int STOPPED = 0;

    static final int RUNNING = 2;
    static final int FORCED_MAINTENANCE = 1;
    static final int FORCED_DRAIN = 8;

    private static final int CHECK_NOT_MADE = 1;
    private static final int CHECK_PASSED = 15;

    private HaproxyStates() {}

    static String render(RoutingTable table, Map<ServerName, ObservedServer> known) {
        StringBuilder text = new StringBuilder(HEADER);
        int backend = HaproxyConfiguration.FIRST_BACKEND_ID;
        for (TargetGroup group : table.targetGroups()) {
            int server = 1;
            for (Target target : table.targets())
                if (target.targetGroup().equals(group.name()))
                    text.append(line(backend, server++, target, group, known.get(ServerName.of(target))));
            backend++;
        }
        return text.toString();
    }

    private static String line(int backend, int id, Target target, TargetGroup group, @Nullable ObservedServer known) {
        boolean up = known != null && known.up() && known.at(target.address(), target.port());
        return "%d %s %d %s %s %d %d %d %d %d %d %d %d 6 0 1 1 - %d - 0 0 - - 0\n"
                .formatted(
                        backend,
                        HaproxyNames.backend(group.name()),
                        id,
                        HaproxyNames.server(ServerName.of(target)),
                        target.address(),
                        up ? RUNNING : STOPPED,
                        target.draining() ? FORCED_DRAIN : 0,
                        up && known != null ? known.weight() : SlowStart.first(group),
                        SlowStart.FULL,
                        known == null ? 0 : known.sinceChange().toSeconds(),
                        up ? CHECK_PASSED : CHECK_NOT_MADE,
                        up ? 3 : 0,
                        up ? group.healthyThreshold() : 0,
                        target.port());
    }
}
