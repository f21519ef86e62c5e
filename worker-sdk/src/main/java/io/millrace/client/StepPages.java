package io.millrace.client;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pages of a workflow's steps, each fetched when the stream comes to it. */
final class StepPages {
    /** How many steps one query asks for. */
    static final int PAGE_STEPS = 200;

    private StepPages() {}

    static Stream<StepPage> from(StepPage first, IntFunction<StepPage> fetch) {
        return Stream.iterate(first, page -> page != null, page -> next(page, fetch));
    }

    private static @Nullable StepPage next(StepPage page, IntFunction<StepPage> fetch) {
        return page.nextSeq().isPresent() ? fetch.apply(page.nextSeq().getAsInt()) : null;
    }
}
