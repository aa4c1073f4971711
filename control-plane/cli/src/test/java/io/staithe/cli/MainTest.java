package io.staithe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command has in common: usage, exit codes, errors, where the output goes. */
class MainTest {
    private final Cli nowhere = new Cli("http://127.0.0.1:1");

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        String help = nowhere.run("--help").ok();
        for (String expected :
                new String[] {"apply", "explain", "drain", "--endpoint-url", "Exit codes:", "wrong usage"})
            assertTrue(help.contains(expected), expected);
        assertEquals(help, nowhere.run().ok());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply",
                "get",
                "describe",
                "delete",
                "scale",
                "logs",
                "run",
                "stop",
                "protect",
                "explain",
                "costs",
                "hosts",
                "drain",
                "version",
                "completion"
            })
    void everyCommandHasHelp(String command) {
        assertTrue(nowhere.run(command, "--help").ok().startsWith("Usage: staithe "), command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "get",
                "get nothing",
                "get services --frob",
                "get services -o xml",
                "scale web",
                "scale web many",
                "run job --command",
                "apply",
                "apply -f x --timeout soon",
                "apply -f x --revision last",
                "delete",
                "delete service",
                "delete service web -f x",
                "explain cluster default",
                "protect",
                "protect a --minutes many",
                "protect a --minutes 5 --off",
                "hosts attributes",
                "hosts attributes h1 disk",
                "hosts attributes h1 =ssd",
                "hosts attributes h1 -"
            })
    void wrongUsageEndsWithTwo(String line) {
        Cli.Result result = nowhere.run(line.split(" "));
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().startsWith("error: "), result.err());
        assertEquals("", result.out());
    }

    @Test
    void saysHowToStartWhatDoesNotAnswer() {
        Cli.Result result = nowhere.run("get", "services");
        assertEquals(1, result.code());
        assertEquals(
                "error: nothing answers at http://127.0.0.1:1. Start Staithe (./dev up in its sources), or say where it is"
                        + " with --endpoint-url or STAITHE_ENDPOINT\n",
                result.err());
    }

    @Test
    void saysWhereAKeyMayCome() {
        Cli.Result result = nowhere.without("AWS_ACCESS_KEY_ID").run("get", "services");
        assertEquals(1, result.code());
        assertTrue(result.err().startsWith("error: no access key: "), result.err());
    }

    @Test
    void showsTheApisErrorInOneLine() {
        try (FakeApi api = new FakeApi()) {
            api.refuse(
                    "ListServices",
                    400,
                    "{\"__type\":\"com.amazonaws.ecs#ClusterNotFoundException\",\"message\":\"Cluster not found.\"}");
            Cli.Result result = new Cli(api.url()).run("get", "services");
            assertEquals(1, result.code());
            assertEquals("error: ClusterNotFoundException: Cluster not found.\n", result.err());
        }
    }

    @Test
    void survivesAnErrorOfSomethingInBetween() {
        try (FakeApi api = new FakeApi()) {
            api.refuse("ListServices", 502, "<html>bad gateway</html>");
            assertEquals(
                    "error: HTTP 502: the answer is not in the API's form: is this Staithe's endpoint?\n",
                    new Cli(api.url()).run("get", "services").err());
            api.answer("ListClusters", "<html>hello</html>");
            assertEquals(
                    "error: the answer is not JSON: is this Staithe's endpoint?\n",
                    new Cli(api.url()).run("get", "clusters").err());
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (FakeApi api = new FakeApi()) {
            api.answer("ListServices", Samples.NO_ARNS);
            Cli.Result result =
                    new Cli(api.url()).with("AWS_SECRET_ACCESS_KEY", "wrong").run("get", "services");
            assertEquals("error: InvalidSignatureException: not signed so\n", result.err());
        }
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        try (FakeApi api = new FakeApi()) {
            api.answer("ListServices", Samples.SERVICE_ARNS).answer("DescribeServices", Samples.SERVICES);
            assertFalse(coloured(new Cli(api.url()).run("get", "services")));
            assertTrue(coloured(new Cli(api.url()).onTerminal().run("get", "services")));
            assertFalse(coloured(new Cli(api.url()).onTerminal().run("get", "services", "--no-color")));
            assertFalse(coloured(
                    new Cli(api.url()).onTerminal().with("NO_COLOR", "1").run("get", "services")));
        }
    }

    @Test
    void completionIsAScriptForTheShell() {
        String script = nowhere.run("completion").ok();
        assertTrue(script.contains("complete -F _complete_staithe"), script);
        assertTrue(script.contains("target-groups"), "kinds are completed");
    }

    @Test
    void knowsItsVersion() {
        assertTrue(nowhere.run("version").ok().startsWith("staithe "));
    }

    private static boolean coloured(Cli.Result result) {
        return result.ok().contains("\u001b[");
    }
}
