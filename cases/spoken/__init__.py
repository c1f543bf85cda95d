"""What texts say, wherever they stand: days and hours, durations, sums of money, addresses."""
