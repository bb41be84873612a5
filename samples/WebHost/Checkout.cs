using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using OrderKernel.Adapters.EntityFrameworkCore;
using OrderKernel.Desk;
using OrderKernel.Findings;

namespace WebHost;

/// <summary>Decides in the host's own transaction: the order and the host's row are there together, or neither is.</summary>
public sealed class Checkout(ShopContext context, IClock clock, DeskOptions desk)
{
    private const int Attempts = 3;

    /// <summary>Submits; what lost a race begins again in a new transaction, under the same command id.</summary>
    public async Task<DeskResult> SubmitAsync(Submission submission, Basket? basket, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(submission, basket, cancellation);
            }
            catch (OrderKernelException fault) when (fault.IsTransient && attempt < Attempts)
            {
                context.ChangeTracker.Clear();
            }
            catch (DbUpdateException fault) when (basket is not null)
            {
                context.ChangeTracker.Clear();
                if (!await context.Baskets.AnyAsync(
                    other => other.Reference == basket.Reference && other.Order != basket.Order, cancellation))
                {
                    throw; // that the row cannot be saved may have any reason; only this one is the caller's
                }

                throw new ReferenceTakenException(fault);
            }
        }
    }

    private async Task<DeskResult> OnceAsync(Submission submission, Basket? basket, CancellationToken cancellation)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
        DeskResult result;
        using (HostDesk host = context.OpenOrderDesk(clock, desk))
        {
            result = await host.Desk.SubmitAsync(submission, cancellation);
        }

        // A repeated command finds its row already there. A refusal is committed as well, so that its repetition is refused alike.
        if (basket is not null && result is { IsAccepted: true, Status: DeskStatus.Decided })
        {
            context.Baskets.Add(basket);
            await context.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return result;
    }
}

/// <summary>Another order has the reference, so that neither this order nor the row of it is kept.</summary>
public sealed class ReferenceTakenException(Exception cause) : Exception("Another order has the reference.", cause);
