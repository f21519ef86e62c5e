package io.millrace.standalone.upgrade;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.standalone.crash.ApiProbe.Answer;
import io.millrace.standalone.crash.Children;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** This build on the data directory of the one before: it must find all that was there, and go on with it. */
@EnabledIfSystemProperty(named = Build.CLASS_PATH, matches = ".+", disabledReason = Build.NOT_GIVEN)
final class UpgradeIT {
    /** Enough that the server is killed in the middle of transactions. */
    private static final int ACCEPTED_BEFORE_THE_KILL = 200;

    private static final String OPEN = "DELAYED,ENQUEUED,RUNNING,PAUSED,CANCELLING";

    @RegisterExtension
    final Children children = new Children();

    /** How the build before ends, and what it leaves. */
    enum End {
        /** Topics and stores. */
        STOPPED,
        /** The topics alone, as they are when everything is killed while it works. Of stores that were not closed the engine would keep nothing either. */
        KILLED_AND_STORES_LOST
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithAllThatTheBuildBeforeLeft(End end) throws Exception {
        // given all there is, as the build before has made it
        DevInstallation millrace = new DevInstallation(children);
        List<Scene> scenes = Scenes.all();
        playBefore(millrace, scenes);
        List<Seen> before = millrace.listed().keySet().stream()
                .map(workflowId -> Seen.of(millrace.api(), workflowId))
                .toList();
        List<String> accepted = end(millrace, end);

        // when this build is started in its place
        millrace.start(Build.THIS);

        // then nothing is lost or changed, and all of it goes on to the end that it would have had
        checkNothingIsLost(millrace, before);
        millrace.startWorker(Build.THIS);
        scenes.forEach(scene -> scene.goOn(millrace));
        scenes.forEach(scene -> Act.awaitStatus(scene.end()).on(millrace, scene.workflowId()));
        awaitAllHaveEnded(millrace);
        Map<String, JsonNode> listed = millrace.listed();
        accepted.forEach(workflowId ->
                assertEquals("COMPLETED", listed.get(workflowId).path("status").asText(), workflowId));
        scenes.forEach(scene -> checkIsNotStartedAgain(millrace, scene));
        checkDeduplicationIdIsFree(millrace);
        TopicVerdict.check(millrace);
        assertTrue(begun(millrace, "preferred") < begun(millrace, "enqueued"), "who is preferred goes first");
    }

    private static void playBefore(DevInstallation millrace, List<Scene> scenes) {
        millrace.start(Build.BEFORE);
        millrace.declareQueues();
        millrace.startWorker(Build.BEFORE);
        scenes.forEach(scene -> scene.start().on(millrace, scene.workflowId()));
        scenes.forEach(scene -> scene.play(millrace));
    }

    /** What was accepted while nobody looked. */
    private static List<String> end(DevInstallation millrace, End end) throws Exception {
        if (end == End.STOPPED) {
            millrace.stop();
            return List.of();
        }
        Load load = Load.start(millrace);
        await("work to be under way")
                .atMost(Installation.PATIENCE)
                .until(() -> load.acceptedSoFar() >= ACCEPTED_BEFORE_THE_KILL);
        millrace.kill();
        millrace.deleteStores();
        return load.accepted();
    }

    private static void checkNothingIsLost(DevInstallation millrace, List<Seen> before) {
        Set<String> listed = millrace.listed().keySet();
        for (Seen seen : before) {
            assertTrue(listed.contains(seen.workflowId()), () -> seen.workflowId() + " is not listed: " + listed);
            seen.checkIsContinuedBy(Seen.of(millrace.api(), seen.workflowId()));
        }
        JsonNode queue = millrace.api().queue(Installation.ONE_AT_A_TIME);
        assertEquals(1, queue.path("concurrency").asInt(), queue::toString);
        assertTrue(queue.path("priorityEnabled").asBoolean(), queue::toString);
    }

    /** Also those that were started when the server was killed, without anybody having been told. */
    private static void awaitAllHaveEnded(DevInstallation millrace) {
        await("all workflows to end").atMost(Installation.PATIENCE).until(() -> {
            JsonNode open =
                    millrace.api().get("/workflows:count?status=" + OPEN).expected();
            return open.path("total").asInt() == 0;
        });
    }

    private static void checkIsNotStartedAgain(DevInstallation millrace, Scene scene) {
        Answer answer = Act.tryToStart(millrace, scene.workflowId(), "step");
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(scene.end(), answer.body().path("status").asText(), answer::toString);
    }

    private static void checkDeduplicationIdIsFree(DevInstallation millrace) {
        String more =
                "\"queue\": \"%s\", \"deduplicationId\": \"%s\"".formatted(Installation.ONE_AT_A_TIME, Scenes.HELD_ID);
        Act.inTurn(Act.start("step", more), Act.awaitStatus("COMPLETED")).on(millrace, "next-holder");
    }

    private static long begun(DevInstallation millrace, String workflowId) {
        return millrace.effects().of(workflowId).get(0).atMs();
    }
}
