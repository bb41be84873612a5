using System;
using System.Collections.Immutable;

namespace OrderKernel.Sourcing;

/// <summary>A step of a tariff: a shipment of up to this weight costs this much.</summary>
/// <param name="UpToWeight">The heaviest shipment of the step, inclusive, in grams.</param>
/// <param name="Cost">What a shipment in the step costs.</param>
public readonly record struct WeightStep(long UpToWeight, long Cost);

/// <summary>What a shipment costs by its weight, in steps. A shipment heavier than the last step cannot be sent.</summary>
/// <remarks><para>Units: grams, and the cost unit of the problem.</para></remarks>
public sealed class WeightTariff
{
    /// <summary>Makes a tariff.</summary>
    /// <param name="steps">At least one; weights strictly rising from above zero, costs never falling.</param>
    /// <exception cref="ArgumentException">The steps are empty or do not rise.</exception>
    public WeightTariff(ImmutableArray<WeightStep> steps)
    {
        if (steps.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A tariff has at least one step.", nameof(steps));
        }

        long weight = 0, cost = 0;
        foreach (WeightStep step in steps)
        {
            if (step.UpToWeight <= weight || step.Cost < cost)
            {
                throw new ArgumentException($"The step up to {step.UpToWeight} g does not rise.", nameof(steps));
            }

            (weight, cost) = (step.UpToWeight, step.Cost);
        }

        Steps = steps;
    }

    /// <summary>The steps, lightest first.</summary>
    public ImmutableArray<WeightStep> Steps { get; }

    /// <summary>The usual parcel tariff: a price for the first weight, another for each further weight begun.</summary>
    /// <param name="firstWeight">Grams that the first price covers, above zero.</param>
    /// <param name="firstCost">The first price.</param>
    /// <param name="furtherWeight">Grams of each further step, above zero.</param>
    /// <param name="furtherCost">The price of each further step begun.</param>
    /// <param name="furtherSteps">How many further steps there are at most.</param>
    public static WeightTariff FirstAndFurther(
        long firstWeight, long firstCost, long furtherWeight, long furtherCost, int furtherSteps)
    {
        var steps = ImmutableArray.CreateBuilder<WeightStep>();
        for (int i = 0; i <= furtherSteps; i++)
        {
            steps.Add(new WeightStep(firstWeight + (i * furtherWeight), firstCost + (i * furtherCost)));
        }

        return new WeightTariff(steps.ToImmutable());
    }

    /// <summary>What a shipment costs; null when it is too heavy. A weight of zero falls into the first step.</summary>
    /// <param name="weight">Its weight in grams.</param>
    public long? CostOf(long weight)
    {
        foreach (WeightStep step in Steps)
        {
            if (weight <= step.UpToWeight)
            {
                return step.Cost;
            }
        }

        return null;
    }

    /// <summary>A straight line that never lies above the tariff and is highest around half the given weight.</summary>
    internal (long Fixed, long PerGram) LineBelow(long heaviest)
    {
        (long Fixed, long PerGram) best = (Steps[0].Cost, 0);
        long bestAtHalf = best.Fixed;
        for (int i = 0; i < Steps.Length; i++)
        {
            for (int j = i + 1; j < Steps.Length; j++)
            {
                long slope = (Steps[j].Cost - Steps[i].Cost) / (Steps[j].UpToWeight - Steps[i].UpToWeight);
                long low = long.MaxValue;
                foreach (WeightStep step in Steps)
                {
                    low = Math.Min(low, step.Cost - (slope * step.UpToWeight));
                }

                long atHalf = low + (slope * (heaviest / 2));
                if (low >= 0 && atHalf > bestAtHalf)
                {
                    (best, bestAtHalf) = ((low, slope), atHalf);
                }
            }
        }

        return best;
    }
}
