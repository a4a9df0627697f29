# How dates and times are joined.
format-date_time = { $date } على الساعة { $time }
format-period-same_day = { $date }، من { $start } إلى { $end }
format-period = من { $start } إلى { $end }
