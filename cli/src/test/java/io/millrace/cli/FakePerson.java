package io.millrace.cli;

import java.util.ArrayList;
import java.util.List;

/** Somebody who answers every question alike, or nobody. */
final class FakePerson implements Person {
    private final List<String> questions = new ArrayList<>();
    private boolean there;
    private boolean agrees;

    void answers(boolean yes) {
        there = true;
        agrees = yes;
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public boolean agrees(String question) {
        questions.add(question);
        return agrees;
    }
}
