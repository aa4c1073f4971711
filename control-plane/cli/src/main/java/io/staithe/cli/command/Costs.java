package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.view.CostsView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "costs",
        description =
                "Says what tasks have used and what that costs, up to this moment; of all clusters, unless --cluster is given.")
public final class Costs implements Callable<Integer> {
    /** What the API calls them. */
    enum By {
        SERVICE("service"),
        CLUSTER("cluster"),
        CAPACITY_PROVIDER("capacityProvider"),
        TASK("task"),
        HOST("host");

        private final String word;

        By(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static final class Begin {
        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "from this long ago, such as 90s, 5m, 2h or 30d; 24h")
        @Nullable
        String since;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "from then: 2026-01-31T12:00:00Z, or 2026-01-31 for its beginning in UTC")
        @Nullable
        String from;
    }

    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}; service. Hosts cost what they cost, whatever runs on them")
    private By by = By.SERVICE;

    @ArgGroup(exclusive = true)
    private @Nullable Begin begin;

    @Option(names = "--to", paramLabel = "TIME", description = "until then; now")
    private @Nullable String to;

    @Override
    public Integer call() {
        Session session = staithe.session();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("by", by.word);
        if (namesCluster()) query.put("cluster", session.cluster());
        if (begin != null && begin.since != null) query.put("since", begin.since);
        if (begin != null && begin.from != null) query.put("from", begin.from);
        if (to != null) query.put("to", to);
        JsonNode answer = session.api().get("/costs", query);
        if (session.terminal().format().isForPeople())
            CostsView.print(session.terminal(), by.word, answer, session.now());
        else session.terminal().print(answer);
        return 0;
    }

    /** Costs are asked of all clusters: the default cluster would hide some. */
    private boolean namesCluster() {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        CommandLine.ParseResult whole = spec.parent().commandLine().getParseResult();
        return parsed.hasMatchedOption("--cluster") || whole.hasMatchedOption("--cluster");
    }
}
