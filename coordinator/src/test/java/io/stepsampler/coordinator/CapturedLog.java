package io.stepsampler.coordinator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that some categories log, at every level, with the traces of exceptions. */
final class CapturedLog extends Handler implements AutoCloseable {

    private final Map<Logger, Level> formerLevels = new HashMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private CapturedLog() {
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
    }

    static CapturedLog of(String... categories) {
        CapturedLog log = new CapturedLog();
        for (String category : categories) {
            Logger logger = Logger.getLogger(category);
            log.formerLevels.put(logger, logger.getLevel());
            logger.setLevel(Level.ALL);
            logger.addHandler(log);
        }
        return log;
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(getFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        formerLevels.forEach((logger, level) -> {
            logger.removeHandler(this);
            logger.setLevel(level);
        });
    }
}
