package io.staithe.server.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.EntityCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A plan as one transaction: every expected revision is compared, everything is written or nothing. The other branch asks
 * for what was compared, at the same revision, so that a conflict can be named.
 */
final class EtcdTransaction {
    /** etcd's default limit of a request is 1.5 MiB; this leaves room for what frames the values. */
    static final int MAX_BYTES = (3 << 19) - (64 << 10);

    private record Expected(Key key, long revision) {}

    private final Plan plan;
    private final EtcdKeys keys;
    private final @Nullable EtcdLease lease;
    private final List<Expected> expected = new ArrayList<>();
    private final List<Op> writes = new ArrayList<>();

    /** @throws IllegalArgumentException when the plan is larger than a request to etcd may be */
    EtcdTransaction(Plan plan, @Nullable EtcdLease lease, EtcdKeys keys, EntityCodec codec) {
        this.plan = plan;
        this.lease = lease;
        this.keys = keys;
        for (Guard guard : plan.guards()) expect(guard.key(), guard.expectedRevision());
        long bytes = 0;
        for (Change change : plan.changes()) {
            expect(change.key(), change.expectedRevision());
            ByteSequence key = keys.object(change.key());
            bytes += key.size();
            if (change instanceof Change.Put put) {
                ByteSequence value = ByteSequence.from(codec.encode(put.entity()));
                bytes += value.size();
                checkSize(value.size(), change.key() + " is");
                writes.add(Op.put(key, value, leased(put)));
            } else {
                writes.add(Op.delete(key, DeleteOption.DEFAULT));
            }
        }
        checkSize(bytes, "the plan is");
    }

    CompletableFuture<TxnResponse> send(Txn txn) {
        List<Cmp> compares = new ArrayList<>();
        List<Op> questions = new ArrayList<>();
        for (Expected one : expected) {
            ByteSequence key = keys.object(one.key());
            compares.add(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(one.revision())));
            questions.add(Op.get(key, GetOption.builder().withKeysOnly(true).build()));
        }
        if (lease != null) compares.add(new Cmp(keys.lease(lease.id()), Cmp.Op.GREATER, CmpTarget.modRevision(0)));
        return txn.If(compares.toArray(Cmp[]::new))
                .Then(writes.toArray(Op[]::new))
                .Else(questions.toArray(Op[]::new))
                .commit();
    }

    CommitResult result(TxnResponse response) {
        if (response.isSucceeded())
            return new CommitResult.Committed(response.getHeader().getRevision());
        List<GetResponse> answers = response.getGetResponses();
        for (int i = 0; i < expected.size(); i++)
            if (revision(answers.get(i).getKvs()) != expected.get(i).revision())
                return new CommitResult.Conflict(expected.get(i).key());
        return leaseIsGone();
    }

    /** Everything is as expected but the lease. */
    CommitResult leaseIsGone() {
        if (lease == null) throw new IllegalStateException("etcd refused a transaction in which everything was equal");
        lease.lose("etcd says that it ended");
        return new CommitResult.Conflict(plan.changes().get(0).key());
    }

    private void expect(Key key, long revision) {
        if (revision != Change.ANY) expected.add(new Expected(key, revision));
    }

    private PutOption leased(Change.Put put) {
        if (!put.leased() || lease == null) return PutOption.DEFAULT;
        return PutOption.builder().withLeaseId(lease.id()).build();
    }

    private static long revision(List<KeyValue> found) {
        return found.isEmpty() ? Change.ABSENT : found.get(0).getModRevision();
    }

    private static void checkSize(long bytes, String what) {
        if (bytes > MAX_BYTES)
            throw new IllegalArgumentException(what + " " + bytes + " bytes, more than etcd takes: " + MAX_BYTES);
    }
}
