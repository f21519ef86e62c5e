package io.millrace.engine.topology;

import io.millrace.schemas.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that the engine refused as unusable to the dead-letter topic, in the format of Kafka Streams (KIP-1034), and goes
 * on. Any other exception may have struck in the middle of a change, so it stops the task, which starts again from its last
 * transaction.
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    /** Is on a letter that has only the headers which say where the record is. */
    static final String NOT_COPIED_HEADER = "__millrace.not-copied";

    /** Largest letter, in bytes: the frame of the record still fits. */
    private static final int MAX_LETTER_BYTES = Limits.MAX_RECORD_BYTES - 16 * 1024;

    private String topic = "";

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof UnusableRecordException)) {
            return Response.fail();
        }
        LOG.warn(
                "record {}-{}@{} goes to the dead letters: {}",
                context.topic(),
                context.partition(),
                context.offset(),
                exception.getMessage());
        return Response.resume(List.of(letter(context, exception)));
    }

    private ProducerRecord<byte[], byte[]> letter(ErrorHandlerContext context, Exception exception) {
        ProducerRecord<byte[], byte[]> letter = ExceptionHandlerUtils.buildDeadLetterQueueRecord(
                topic, context.sourceRawKey(), context.sourceRawValue(), context, exception);
        int bytes = sizeOf(letter);
        return bytes <= MAX_LETTER_BYTES ? letter : withoutContents(context, letter, bytes);
    }

    /** Says where the record is, in the headers of Kafka Streams, and not what is in it: a letter that does not fit stops the task. */
    private ProducerRecord<byte[], byte[]> withoutContents(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> letter, int bytes) {
        ProducerRecord<byte[], byte[]> notice =
                new ProducerRecord<byte[], byte[]>(topic, null, letter.timestamp(), null, null);
        Header[] headers = letter.headers().toArray();
        // The record's own headers come first, which can be as large as its value.
        for (int i = context.headers().toArray().length; i < headers.length; i++) {
            notice.headers().add(headers[i]);
        }
        String reason = "with " + bytes + " bytes it is too large to be copied; it stays where it was received";
        notice.headers().add(NOT_COPIED_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        return notice;
    }

    private static int sizeOf(ProducerRecord<byte[], byte[]> letter) {
        int bytes = sizeOf(letter.key()) + sizeOf(letter.value());
        for (Header header : letter.headers()) {
            bytes += 3 * header.key().length() + sizeOf(header.value());
        }
        return bytes;
    }

    private static int sizeOf(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }
}
