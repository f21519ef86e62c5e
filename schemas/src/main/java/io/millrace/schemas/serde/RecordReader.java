package io.millrace.schemas.serde;

import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;

/**
 * Reads records that were written with one schema into records of this version. Safe for use by several threads at once.
 *
 * <p>It is made of Avro's "fast reader", a plan that is laid out once. It takes no longer than the generated decoders of the records
 * (measured), and unlike theirs its plan is not kept for each thread: on virtual threads that would mean to lay it out anew for
 * nearly every record.
 */
final class RecordReader {
    static {
        TrustedRecords.establish();
    }

    private final Schema schema;
    private final DatumReader<Object> plan;

    private RecordReader(Schema schema, DatumReader<Object> plan) {
        this.schema = schema;
        this.plan = plan;
    }

    /**
     * Makes a reader.
     *
     * @param written the schema that the records were written with
     * @param current the schema of that type in this version
     * @throws MalformedRecordException if what was written with the one cannot be read with the other
     */
    static RecordReader of(Schema written, Schema current) {
        if (SchemaCompatibility.checkReaderWriterCompatibility(current, written).getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new MalformedRecordException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "written with a schema of " + written.getFullName() + " that this version cannot read");
        }
        try {
            SpecificData model = SpecificData.getForSchema(current);
            return new RecordReader(current, new FastReaderBuilder(model).createDatumReader(written, current));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the one record that the bytes hold from the offset to their end. */
    Object read(byte[] bytes, int offset) {
        ByteArrayDecoder decoder = new ByteArrayDecoder(bytes, offset);
        Object read;
        try {
            read = plan.read(null, decoder);
        } catch (EOFException e) {
            throw new MalformedRecordException(Reason.TRUNCATED, "a cut " + schema.getFullName(), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A schema that a registry hands out may be recursive where ours is not,
            // and the bytes then decide how deep it goes.
            throw new MalformedRecordException(Reason.CORRUPT, "not a valid " + schema.getFullName(), e);
        }
        if (decoder.remainingBytes() > 0) {
            throw new MalformedRecordException(
                    Reason.CORRUPT, decoder.remainingBytes() + " bytes are left over after a " + schema.getFullName());
        }
        return read;
    }
}
