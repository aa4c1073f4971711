package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.AgentArguments;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The script that an instance runs when it boots for the first time. It holds the join token: EC2 has no other way in. The token
 * is good for this host alone, and processes behind one more hop than the host's own cannot read it from the metadata service.
 */
final class UserData {
    private static final String TEMPLATE = "user-data.sh";

    private UserData() {}

    /** In base64, as the API wants it. */
    static String of(HostRequest request, ProviderContext context, Settings settings) {
        String script = template()
                .replace("@TOKEN@", quoted(request.joinToken()))
                .replace("@CERTIFICATES@", quoted(context.certificates() == null ? "" : context.certificates()))
                .replace("@AGENT_URL@", quoted(settings.text("agentUrl").orElse("")))
                .replace("@AGENT_SHA256@", quoted(settings.text("agentSha256").orElse("")))
                .replace(
                        "@ARGUMENTS@",
                        AgentArguments.of(request, context.gateway()).stream()
                                .map(UserData::quoted)
                                .collect(Collectors.joining(" ")));
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
    }

    /** One word for a POSIX shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(UserData.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
