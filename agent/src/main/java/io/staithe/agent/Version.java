package io.staithe.agent;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Which release this is, as the jar says. */
final class Version implements IVersionProvider {
    static final String TEXT =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");

    @Override
    public String[] getVersion() {
        return new String[] {"staithe-agent " + TEXT};
    }
}
