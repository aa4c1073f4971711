package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kept and shown as given: which network a task's interface would be in. */
public record AwsVpcConfiguration(
        List<String> subnets,
        List<String> securityGroups,
        @Nullable String assignPublicIp) {
    public AwsVpcConfiguration {
        subnets = Check.list(subnets);
        securityGroups = Check.list(securityGroups);
        Check.atMost(subnets, 16, "subnets");
        Check.atMost(securityGroups, 5, "securityGroups");
        Check.oneOf(assignPublicIp, List.of("ENABLED", "DISABLED"), "assignPublicIp");
    }
}
