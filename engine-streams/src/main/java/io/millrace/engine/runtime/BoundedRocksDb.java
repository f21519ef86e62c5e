package io.millrace.engine.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** One bound on the memory of all partitions' stores together; without it, it would grow with the number of partitions. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 256L << 20;
    private static final long WRITE_BUFFERS_BYTES = 128L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;

    /** Of a write buffer, its filter: ten bits a row of some 200 bytes. */
    private static final double MEMTABLE_FILTER_RATIO = 0.02;

    // Shared by all stores of the process, so never closed.
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        // Most look-ups of a new workflow id find nothing: the filter answers without reading a block.
        table.setFilterPolicy(new BloomFilter(10, false));
        table.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_RATIO);
        options.setMemtableWholeKeyFiltering(true);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing is this store's own.
    }
}
