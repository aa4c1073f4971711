package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.staithe.capacity.provider.Settings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code KEY[=VALUE]:EFFECT}, as {@code kubectl taint} writes taints. */
final class Tolerations {
    private static final Pattern FORM =
            Pattern.compile("([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)");

    private Tolerations() {}

    static List<Toleration> of(List<String> taints) {
        return taints.stream().map(Tolerations::of).toList();
    }

    private static Toleration of(String taint) {
        Matcher form = FORM.matcher(taint);
        if (!form.matches()) throw Settings.invalid("tolerations", "must consist of KEY[=VALUE]:EFFECT: " + taint);
        return new TolerationBuilder()
                .withKey(form.group(1))
                .withOperator(form.group(2) == null ? "Exists" : "Equal")
                .withValue(form.group(2))
                .withEffect(form.group(3))
                .build();
    }
}
