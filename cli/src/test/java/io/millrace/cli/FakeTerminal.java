package io.millrace.cli;

import java.util.ArrayList;
import java.util.List;

/** A terminal of which tests say what it is like; at it somebody who answers every question alike, or nobody. */
final class FakeTerminal implements Terminal {
    private final List<String> questions = new ArrayList<>();
    private boolean there;
    private boolean agrees;
    private boolean shows;
    private volatile Size size = new Size(24, 80);

    void answers(boolean yes) {
        there = true;
        agrees = yes;
    }

    /** From now on output and notes are seen on it. */
    void shows(int rows, int columns) {
        shows = true;
        size = new Size(rows, columns);
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public boolean canAsk() {
        return there;
    }

    @Override
    public boolean agrees(String question) {
        questions.add(question);
        return agrees;
    }

    @Override
    public boolean showsOutput() {
        return shows;
    }

    @Override
    public boolean showsNotes() {
        return shows;
    }

    @Override
    public boolean hasColours() {
        return shows;
    }

    @Override
    public Size size() {
        return size;
    }
}
