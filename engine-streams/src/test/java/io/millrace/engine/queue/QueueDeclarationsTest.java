package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Credits;
import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Message;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueDeclarationsTest {
    static {
        Samples.ready();
    }

    private final MemoryStore rows = new MemoryStore();
    private final List<QueueSettings> published = new ArrayList<>();
    private final List<CommandReply> replies = new ArrayList<>();
    private final QueuePost post = new QueuePost() {
        @Override
        public void send(Message message) {
            replies.add(((Message.Reply) message).reply());
        }

        @Override
        public void publish(QueueSettings settings) {
            published.add(settings);
        }
    };
    private final QueueHomes homes = homes();
    private final QueueDeclarations declarations = new QueueDeclarations(homes, post);

    @Test
    void shouldMakeAQueueKnownToAll() {
        assertNull(declare("limit 3", 3).getReason());
        QueueSettings settings = published.get(0);
        assertEquals(settings, homes.settings("q"));
        assertEquals(1, settings.getRevision());
        assertEquals("tester", settings.getUpdatedBy());
        assertEquals(7, settings.getUpdatedAtMs());
        assertEquals(settings, homes().settings("q"), "also after a restart");
    }

    @Test
    void shouldNotUndoWithTheSameDeclarationWhatAnOperatorHasSet() {
        declare("limit 3", 3);
        assertNull(set(5).getReason());
        assertTrue(declare("limit 3", 3).getReason().contains("declared before"));
        assertEquals(5, concurrency());
        assertNull(declare("limit 4", 4).getReason(), "the code says something else than it did");
        assertEquals(4, concurrency());
        assertEquals(3, homes.settings("q").getRevision());
        assertEquals(3, published.size());
    }

    @Test
    void shouldTakeADeclarationOverWhatAnOperatorHadSetBefore() {
        set(5);
        assertNull(declare("limit 3", 3).getReason());
        assertEquals(3, concurrency());
    }

    @Test
    void shouldLetADeclarationWithoutSettingsStandForAnyQueue() {
        assertNull(declare(null, null).getReason());
        assertNull(concurrency());
        set(2);
        assertTrue(declare(null, null).getReason().contains("declared before"));
        assertEquals(2, concurrency());
    }

    @Test
    void shouldPublishNothingWhereNothingChanges() {
        set(5);
        CommandReply again = set(5);
        assertEquals(CommandOutcome.ACCEPTED, again.getOutcome());
        assertTrue(again.getReason().contains("it is so already"));
        assertEquals(1, published.size());
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        CommandReply refused = set(-1);
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertTrue(refused.getInvalid());
        assertEquals("q", refused.getWorkflowId());
        assertNull(homes.settings("q"));
        assertEquals(List.of(), published);
    }

    private QueueHomes homes() {
        Credits credits = new Credits(new LeaseTable());
        return new QueueHomes(new PartitionStores(rows), credits, post, 0, 1);
    }

    private @Nullable Integer concurrency() {
        return homes.settings("q").getConcurrency();
    }

    private CommandReply declare(@Nullable String declared, @Nullable Integer concurrency) {
        return command(declared, concurrency, true);
    }

    private CommandReply set(Integer concurrency) {
        return command(null, concurrency, false);
    }

    private CommandReply command(@Nullable String declared, @Nullable Integer concurrency, boolean declaration) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue("q");
        settings.setConcurrency(concurrency);
        settings.setDeclared(declared);
        Command command = Commands.empty("c" + replies.size());
        command.setSetQueue(new SetQueue(settings, declaration));
        declarations.onCommand("q", command, 7);
        return replies.get(replies.size() - 1);
    }
}
