package io.millrace.client;

import java.time.Instant;
import java.util.Map;

/**
 * A fact of a workflow's history.
 *
 * @param number the entry that it is part of, from 1; the facts that one input made are one entry and share its number
 * @param at when the engine accepted it, by the engine's clock
 * @param type what happened, for example {@code cancelAsked} or {@code stepCompleted}: the name of its field in {@code HistoryFact} of the
 *     schemas; {@code unknown} where a newer engine knows more facts than this client
 * @param details the fact's fields by their names in the schemas: payloads as {@link EncodedPayload}, records as maps, enumerations as
 *     their constants, lists of these; what is not set is left out. In the schema's order, unmodifiable
 */
public record HistoryEvent(long number, Instant at, String type, Map<String, Object> details) {}
