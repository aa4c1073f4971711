package io.staithe.agent;

import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The agent's log: one line for each event, on standard error. */
final class ConsoleLog {
    private static final int MAX_LINE_CHARS = 4096;

    /** Held, because the log manager forgets loggers that nobody holds, and their levels with them. */
    private static final Logger AGENT = Logger.getLogger("agent");

    private ConsoleLog() {}

    static void set() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new OneLine());
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        AGENT.setLevel(Level.INFO);
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord event) {
            String thrown = event.getThrown() == null ? "" : " (" + event.getThrown() + ")";
            String text = (formatMessage(event) + thrown).replaceAll("\\p{Cntrl}+", " ");
            String bounded = text.length() <= MAX_LINE_CHARS ? text : text.substring(0, MAX_LINE_CHARS) + "...";
            return event.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " + event.getLevel() + " "
                    + event.getLoggerName() + ": " + bounded + "\n";
        }
    }
}
