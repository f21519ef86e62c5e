package io.millrace.engine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Credit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditAccountTest {
    private final CreditAccount account = new CreditAccount();

    @Test
    void shouldHaveNothingBeforeTheFirstReport() {
        assertEquals(0, account.available());
    }

    @Test
    void shouldTakeGrantsUnderWayOffTheReport() {
        account.report(credit(0, 3));
        account.grant("a", null, 0);
        account.grant("b", null, 0);
        assertEquals(1, account.available());
        account.report(credit(1, 2));
        assertEquals(1, account.available(), "one of two was seen");
        account.report(credit(2, 1));
        assertEquals(1, account.available());
    }

    @Test
    void shouldGoOnBehindNumbersThatAnAbortedTransactionUsed() {
        account.restore(new CreditAccount.Outstanding(7, "a", null, 0));
        account.report(credit(10, 2));
        assertEquals(2, account.available());
        assertEquals(11, account.grant("b", null, 0));
        assertEquals(1, account.available());
    }

    @Test
    void shouldMakeGoodAForgedReportWithTheNextRealOne() {
        account.report(credit(0, 5));
        account.grant("a", null, 0);
        account.report(credit(1L << 50, Integer.MAX_VALUE));
        account.report(credit(1, 4));
        assertEquals(4, account.available());
        assertEquals(2, account.grant("b", null, 0));
    }

    @Test
    void shouldMakeGoodAForgedReportThatWasUsed() {
        account.report(credit(1, 1));
        account.report(credit(1_000, 1));
        assertEquals(1_001, account.grant("a", null, 0));
        account.report(credit(1, 1));
        assertEquals(0, account.available(), "its own report is from before it has seen the grant");
        account.report(credit(1_001, 2));
        assertEquals(2, account.available());
    }

    @Test
    void shouldNotOverflow() {
        account.report(credit(0, Integer.MIN_VALUE));
        account.grant("a", null, 0);
        assertEquals(0, account.available());
        account.report(credit(0, Integer.MAX_VALUE));
        assertEquals(Integer.MAX_VALUE - 1, account.available());
    }

    @Test
    void shouldRepeatWhatWasNotSeenInTimeAndOnceMoreLater() {
        account.report(credit(0, 5));
        account.grant("a", null, 100);
        account.grant("b", null, 200);
        assertEquals(List.of("a"), overdue(150, 300));
        assertEquals(List.of(), overdue(150, 300));
        assertEquals(List.of("b"), overdue(250, 300));
        account.report(credit(1, 4));
        assertEquals(List.of("b"), overdue(400, 500));
    }

    @Test
    void shouldAskAgainOnlyAfterAPause() {
        assertTrue(account.mayBeAsked(0, 100));
        account.asked(0);
        assertFalse(account.mayBeAsked(99, 100));
        assertTrue(account.mayBeAsked(100, 100));
    }

    private List<String> overdue(long beforeMs, long atMs) {
        List<String> workflows = new ArrayList<>();
        account.takeOverdue(beforeMs, atMs, grant -> workflows.add(grant.workflowId()));
        return workflows;
    }

    private static Credit credit(long seen, int free) {
        return new Credit(seen, free, false);
    }
}
