package io.staithe.agent.disk;

import io.staithe.agent.session.ArnScope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint inside tasks has to be again after a restart: containers keep the address that they were created with.
 *
 * @param scope absent: no control plane has told it yet
 */
public record EndpointMemory(int port, @Nullable ArnScope scope) {
    private static final Pattern FORM = Pattern.compile("port ([0-9]{1,5})\n(?:region ([^\n]*)\naccount ([^\n]*)\n)?");

    byte[] written() {
        String text = "port " + port + "\n";
        if (scope != null) text += "region " + scope.region() + "\naccount " + scope.account() + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty: it is damaged. What it held is found out anew. */
    static Optional<EndpointMemory> read(byte[] written) {
        Matcher form = FORM.matcher(new String(written, StandardCharsets.UTF_8));
        if (!form.matches()) return Optional.empty();
        ArnScope scope = form.group(2) == null ? null : new ArnScope(form.group(2), form.group(3));
        return Optional.of(new EndpointMemory(Integer.parseInt(form.group(1)), scope));
    }
}
