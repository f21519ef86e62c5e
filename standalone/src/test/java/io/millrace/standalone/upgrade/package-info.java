/**
 * The build before this one, run for real, and this one after it: topics, stores and workers of the one must do for the other. Start reading at {@link
 * io.millrace.standalone.upgrade.UpgradeIT}, then at {@code Scenes}, which has what the build before leaves behind. {@code dev/upgrade} makes that build and says
 * where it is; without it the tests here are skipped.
 *
 * <p>Both builds are used by public doors alone: processes are started as users start them, workflows are started and looked at by the REST API, and records
 * are written by the schemas that the build before has published. Nothing here may look into an engine or a worker.
 */
@NullMarked
package io.millrace.standalone.upgrade;

import org.jspecify.annotations.NullMarked;
