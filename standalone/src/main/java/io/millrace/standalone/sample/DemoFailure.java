package io.millrace.standalone.sample;

/** A failure that the input of a sample workflow asked for. */
public final class DemoFailure extends Exception {
    DemoFailure(String message) {
        super(message);
    }
}
