# How dates and times are joined.
format-date_time = { $date } à { $time }
format-period-same_day = { $date }, de { $start } à { $end }
format-period = du { $start } au { $end }
