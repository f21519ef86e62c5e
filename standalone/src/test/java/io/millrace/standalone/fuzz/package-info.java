/**
 * Bad input: a seeded fuzzer for every topic and every operation of the API, with workflows that must not notice. Start reading at
 * {@link io.millrace.standalone.fuzz.FuzzIT}. Input number n of a seed is always the same ({@code HostileRecords}), whatever was sent before,
 * so one that did harm can be sent again alone.
 *
 * <p>What is hostile has names of its own ({@code HostileNames}): a well-formed command for somebody else's workflow is no bad input, it is a
 * command. What is not well-formed, or not allowed, is aimed at the good workflows as well.
 */
@NullMarked
package io.millrace.standalone.fuzz;

import org.jspecify.annotations.NullMarked;
