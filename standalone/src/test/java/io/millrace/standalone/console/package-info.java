/**
 * The web console in a real Chromium, over a real broker, engine, API and workers. Start reading at
 * {@link io.millrace.standalone.console.ConsoleShellIT}, then at {@code ConsolePage}, which every test has one of, and at the
 * scenes of the package {@code acceptance}, which it plays.
 *
 * <p>Every test fails when the page logs an error or breaks its content security policy. What is on the page is found as people find it: by
 * role and name, and not by how the page is made. Where there is no Chromium, the tests are skipped and say so.
 */
@NullMarked
package io.millrace.standalone.console;

import org.jspecify.annotations.NullMarked;
