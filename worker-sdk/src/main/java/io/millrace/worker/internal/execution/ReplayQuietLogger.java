package io.millrace.worker.internal.execution;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/** Says nothing while the code goes through what it has said before. */
final class ReplayQuietLogger extends AbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger delegate;
    private final transient BooleanSupplier replaying;

    ReplayQuietLogger(Logger delegate, BooleanSupplier replaying) {
        this.delegate = delegate;
        this.replaying = replaying;
        this.name = delegate.getName();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return ReplayQuietLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable error) {
        LoggingEventBuilder event = delegate.atLevel(level);
        if (marker != null) {
            event.addMarker(marker);
        }
        if (arguments != null) {
            for (Object argument : arguments) {
                event.addArgument(argument);
            }
        }
        event.setCause(error).log(message);
    }

    private boolean quiet() {
        return replaying.getAsBoolean();
    }

    @Override
    public boolean isTraceEnabled() {
        return !quiet() && delegate.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return !quiet() && delegate.isTraceEnabled(marker);
    }

    @Override
    public boolean isDebugEnabled() {
        return !quiet() && delegate.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return !quiet() && delegate.isDebugEnabled(marker);
    }

    @Override
    public boolean isInfoEnabled() {
        return !quiet() && delegate.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return !quiet() && delegate.isInfoEnabled(marker);
    }

    @Override
    public boolean isWarnEnabled() {
        return !quiet() && delegate.isWarnEnabled();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return !quiet() && delegate.isWarnEnabled(marker);
    }

    @Override
    public boolean isErrorEnabled() {
        return !quiet() && delegate.isErrorEnabled();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return !quiet() && delegate.isErrorEnabled(marker);
    }
}
