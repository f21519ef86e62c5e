/**
 * What the engine keeps of one partition. All of it is in one physical key-value store, because every store adds a changelog
 * partition to each transaction; behind it stand classes that speak the domain: {@link io.millrace.engine.store.WorkflowStore},
 * {@link io.millrace.engine.store.HistoryStore}, {@link io.millrace.engine.store.TimerStore},
 * {@link io.millrace.engine.store.BacklogStore},
 * {@link io.millrace.engine.store.AnswerStore} and {@link io.millrace.engine.store.ForkStore}; and for queues with limits
 * {@link io.millrace.engine.store.ToldStore}, {@link io.millrace.engine.store.MemberStore} and {@link io.millrace.engine.store.QueueStore}. Timers, backlog, and in memory alone the owners ({@link
 * io.millrace.engine.store.OwnerTable}) and the listing ({@link io.millrace.engine.listing.WorkflowTable}) are indexes: functions of the workflows' states, kept by {@link io.millrace.engine.store.Indexes}. Start reading at {@link io.millrace.engine.store.PartitionStores}.
 */
@NullMarked
package io.millrace.engine.store;

import org.jspecify.annotations.NullMarked;
